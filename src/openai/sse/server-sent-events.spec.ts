import fc from 'fast-check';
import { ServerSentEvents, type ServerSentEvent } from './server-sent-events.js';

const message = (data: string): ServerSentEvent => ({ event: 'message', data });

describe('ServerSentEvents', () => {
  it.each<[name: string, stream: string, events: ServerSentEvent[]]>([
    ['one event', 'data: a\n\n', [message('a')]],
    ['two events', 'data: a\n\ndata: b\n\n', [message('a'), message('b')]],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [message('a'), message('b')]],
    ['lone CR', 'data: a\r\rdata: b\r\r', [message('a'), message('b')]],
    [
      'mixed line ends',
      'data: a\r\n\ndata: b\n\r\ndata: c\r\r\n',
      [message('a'), message('b'), message('c')],
    ],
    ['a byte order mark', '\uFEFFdata: a\n\n', [message('a')]],
    ['a byte order mark only at the start', 'data: a\n\n\uFEFFdata: b\n\n', [message('a')]],
    ['a byte order mark and an empty line', '\uFEFF\ndata: a\n\n', [message('a')]],
    ['comments', ': OPENROUTER PROCESSING\n\n:\ndata: a\n: b\n\n', [message('a')]],
    ['no space after the colon', 'data:a\n\n', [message('a')]],
    ['only one space is syntax', 'data:  a \n\n', [message(' a ')]],
    ['multi-line data', 'data: a\ndata: b\ndata:\n\n', [message('a\nb\n')]],
    ['an empty data line', 'data:\n\n', [message('')]],
    ['a data line without a colon', 'data\n\n', [message('')]],
    ['blank lines', '\n\n\ndata: a\n\n\n\n', [message('a')]],
    ['an event name', 'event: error\ndata: a\n\ndata: b\n\n', [{ event: 'error', data: 'a' }, message('b')]],
    ['an event name after the data', 'data: a\nevent:x\n\n', [{ event: 'x', data: 'a' }]],
    ['an event name without data', 'event: x\n\ndata: a\n\n', [message('a')]],
    ['ids and retry times', 'id: 1\nretry: 5\ndata: a\n\n', [message('a')]],
    ['unknown fields', 'foo: b\nbar\ndatum: 1\ndata : x\n data: y\ndata: a\n\n', [message('a')]],
    ['an error as a field', 'error: {"code":1}\n\n', [{ event: 'error', data: '{"code":1}' }]],
    ['text beyond ASCII', 'data: žluťoučký 🐎\n\n', [message('žluťoučký 🐎')]],
    ['a colon in the value', 'data: a: b\n\n', [message('a: b')]],
    ['an end without a blank line', 'data: a\n', [message('a')]],
    ['an end within a line', 'data: a\ndata: b', [message('a\nb')]],
    ['an end within a comment', 'data: a\n\n: b', [message('a')]],
    ['nothing', '', []],
    ['only comments', ': a\n\n: b\n', []],
    ['HTML', '<html>\n<body>502</body>\n</html>\n', []],
  ])('%s', (_name, stream, events) => {
    expect(parse([Buffer.from(stream)])).toEqual(events);
  });

  it('returns each event with the push that completes it', () => {
    const events = new ServerSentEvents();
    expect(events.push(Buffer.from('data: a\n'))).toEqual([]);
    expect(events.push(Buffer.from('\ndata: b\n\nda'))).toEqual([message('a'), message('b')]);
    expect(events.push(Buffer.from('ta: c\n\n'))).toEqual([message('c')]);
    expect(events.end()).toEqual([]);
  });

  it.each([
    ['one line', Buffer.from(`data: ${'a'.repeat(100)}\n\n`)],
    ['a line without an end', Buffer.from(`data: ${'a'.repeat(100)}`)],
    ['many lines', Buffer.from('data: a\n'.repeat(20))],
    ['a comment without an end', Buffer.from(`: ${'a'.repeat(100)}`)],
  ])('refuses an event that is larger than the limit: %s', (_name, bytes) => {
    expect(() => new ServerSentEvents(99).push(bytes)).toThrow('larger than 99 bytes');
  });

  it('does not count comments or earlier events', () => {
    const events = new ServerSentEvents(20);
    for (let count = 0; count < 50; count += 1) {
      expect(events.push(Buffer.from(': keep-alive\n'))).toEqual([]);
      expect(events.push(Buffer.from('data: 12345\n\n'))).toEqual([message('12345')]);
    }
  });
});

/** Parts of the syntax, which join to edge cases. */
const SYNTAX = [
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '\uFEFF',
  ':',
  ' ',
  'data',
  'data:',
  'data: ',
  'event: ',
  'error: ',
];
const TEXT = ['{"a":1}', 'ž', '🐎', '\u0000', 'error', 'data: x\n\n', 'id: 1'];
const piece = fc.constantFrom(...SYNTAX, ...TEXT);
const stream = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join('')));
const cuts = fc.array(fc.nat(200), { maxLength: 12 });

describe('ServerSentEvents of any stream', () => {
  it('are parsed as the standard describes', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        expect(parse([bytes])).toEqual(referenceParse(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('are parsed the same wherever the stream is split', () => {
    fc.assert(
      fc.property(stream, cuts, (bytes, positions) => {
        expect(parse(split(bytes, positions))).toEqual(parse([bytes]));
      }),
      { numRuns: 500 },
    );
  });

  it('are parsed the same byte by byte', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        expect(parse([...bytes].map((byte) => Buffer.of(byte)))).toEqual(parse([bytes]));
      }),
      { numRuns: 200 },
    );
  });
});

function parse(parts: Buffer[]): ServerSentEvent[] {
  const events = new ServerSentEvents();
  return [...parts.flatMap((part) => events.push(part)), ...events.end()];
}

function split(bytes: Buffer, positions: number[]): Buffer[] {
  const cuts = [0, ...positions.map((position) => position % (bytes.length + 1)), bytes.length];
  cuts.sort((left, right) => left - right);
  return cuts.slice(1).map((cut, index) => bytes.subarray(cuts[index], cut));
}

/** The algorithm of the standard, step by step, with the two differences that the class documents. */
function referenceParse(bytes: Buffer): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  let name = '';
  let data = '';
  const dispatch = (): void => {
    if (data !== '') events.push({ event: name === '' ? 'message' : name, data: data.replace(/\n$/, '') });
    name = '';
    data = '';
  };
  const text = new TextDecoder('utf-8').decode(bytes); // strips the byte order mark
  for (const line of text.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (line === '') dispatch();
    else if (field === 'event') name = value;
    else if (field === 'data') data += `${value}\n`;
    else if (field === 'error') {
      name = 'error';
      data += `${value}\n`;
    }
  }
  dispatch();
  return events;
}
