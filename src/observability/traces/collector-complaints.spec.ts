import { CollectorComplaints } from './collector-complaints.js';

const REFUSED = JSON.stringify({
  stack: 'Error: connect ECONNREFUSED 127.0.0.1:1\n    at TCPConnectWrap.afterConnect',
  message: 'connect ECONNREFUSED 127.0.0.1:1',
  code: 'ECONNREFUSED',
  name: 'Error',
});

/** The lines that are logged for complaints at these milliseconds after the start. */
function saidOf(complaints: readonly (readonly [atMs: number, message: string])[]): string[] {
  const said: string[] = [];
  let nowMs = 0;
  const collector = new CollectorComplaints({ log: (line) => said.push(line), now: () => nowMs });
  for (const [atMs, message] of complaints) {
    nowMs = atMs;
    collector.record(message);
  }
  return said;
}

describe('CollectorComplaints', () => {
  it.each([
    ['a refused connection', REFUSED, 'connect ECONNREFUSED 127.0.0.1:1'],
    [
      'an answer, without its text',
      JSON.stringify({ stack: 's', message: 'Not Found', code: '404', data: 'some text' }),
      'Not Found (404)',
    ],
    ['a text of lines', 'Export failed\n  with\treasons', 'Export failed with reasons'],
    ['JSON that is no error', '[1]', '[1]'],
    ['a long text', 'x'.repeat(5_000), 'x'.repeat(200)],
  ])('are one line: %s', (_, message, reason) => {
    expect(saidOf([[0, message]])).toEqual([`Spans are lost: ${reason}`]);
  });

  it('are said at most once a minute, with how many were not', () => {
    const times = [0, 5_000, 59_999, 60_000, 119_999, 500_000, 560_000];
    expect(saidOf(times.map((atMs) => [atMs, 'away']))).toEqual([
      'Spans are lost: away',
      'Spans are lost: away (and 2 times before)',
      'Spans are lost: away (and 1 times before)',
      'Spans are lost: away',
    ]);
  });
});
