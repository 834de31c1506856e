import { AnswerHead } from './answer-head.js';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nHi';
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const PASSED_OVER = 'HTTP/1.1 102 Continue\r\n\r\n';

/** Passes the answer of one request in pieces of this size. */
function pass(head: AnswerHead, answer: string, pieceBytes = answer.length): string {
  const bytes = Buffer.from(answer);
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    head.pass(bytes.subarray(start, start + pieceBytes));
  }
  return bytes.toString();
}

describe.each([1, 2, 3, 7, 11, 12, 1_000])('AnswerHead, in pieces of %d bytes', (pieceBytes) => {
  it.each([
    ['a final answer', OK, OK],
    ['100 Continue', CONTINUE + OK, PASSED_OVER + OK],
    ['several', CONTINUE + CONTINUE + CONTINUE + OK, PASSED_OVER + PASSED_OVER + PASSED_OVER + OK],
    [
      'one with fields',
      'HTTP/1.1 100 Continue\r\nvia: a\r\nx: HTTP/1.1 100\r\n\r\n' + OK,
      'HTTP/1.1 102 Continue\r\nvia: a\r\nx: HTTP/1.1 100\r\n\r\n' + OK,
    ],
    ['one without a reason phrase', 'HTTP/1.1 100\r\n\r\n' + OK, 'HTTP/1.1 102\r\n\r\n' + OK],
    ['bare line feeds', 'HTTP/1.1 100 Continue\nvia: a\n\n' + OK, 'HTTP/1.1 102 Continue\nvia: a\n\n' + OK],
    ['empty lines before it', `\r\n\r\n${CONTINUE}\r\n${OK}`, `\r\n\r\n${PASSED_OVER}\r\n${OK}`],
    [
      'Early Hints before it',
      `HTTP/1.1 103 A\r\n\r\n${CONTINUE}${OK}`,
      `HTTP/1.1 103 A\r\n\r\n${PASSED_OVER}${OK}`,
    ],
    ['another protocol', 'HTTP/1.1 101 Switch\r\n\r\nHTTP/1.1 1', 'HTTP/1.1 101 Switch\r\n\r\nHTTP/1.1 1'],
    [
      'a body that looks like one',
      `HTTP/1.1 200 OK\r\n\r\n${CONTINUE}`,
      `HTTP/1.1 200 OK\r\n\r\n${CONTINUE}`,
    ],
    ['a refusal of status 410', 'HTTP/1.1 410 Gone\r\n\r\n', 'HTTP/1.1 410 Gone\r\n\r\n'],
    ['something else', '220 smtp ready\r\n100 \r\n\r\n', '220 smtp ready\r\n100 \r\n\r\n'],
  ])('%s', (_, answer, passed) => {
    const head = new AnswerHead();
    // a second time over the same connection
    for (const _ of ['first', 'second']) {
      head.expect();
      expect(pass(head, answer, pieceBytes)).toBe(passed);
    }
  });
});

describe('AnswerHead', () => {
  it('changes nothing before a request is sent', () => {
    expect(pass(new AnswerHead(), CONTINUE)).toBe(CONTINUE);
  });
});
