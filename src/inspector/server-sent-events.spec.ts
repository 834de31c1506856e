import { dataOf, readSentEvents } from './server-sent-events.js';

describe('The events of a stream', () => {
  it.each<[name: string, parts: string[], events: [text: string, atMs: number][]]>([
    [
      'one a part',
      ['data: 1\n\n', 'data: 2\n\n'],
      [
        ['data: 1\n\n', 0],
        ['data: 2\n\n', 1],
      ],
    ],
    [
      'two in a part',
      ['data: 1\n\ndata: 2\n\n'],
      [
        ['data: 1\n\n', 0],
        ['data: 2\n\n', 0],
      ],
    ],
    [
      'in pieces, complete with the last',
      ['da', 'ta: 1\n', '\ndata: 2\n\n'],
      [
        ['data: 1\n\n', 2],
        ['data: 2\n\n', 2],
      ],
    ],
    [
      'with carriage returns',
      ['data: 1\r\n\r\n', 'data: 2\r\r'],
      [
        ['data: 1\r\n\r\n', 0],
        ['data: 2\r\r', 1],
      ],
    ],
    [
      'without its blank line',
      ['data: 1\n\ndata: 2'],
      [
        ['data: 1\n\n', 0],
        ['data: 2', 0],
      ],
    ],
    ['a whole answer', ['{"a":', '1}'], [['{"a":1}', 1]]],
    ['none', [], []],
  ])('are %s', (_, parts, events) => {
    let endsAt = 0;
    const times = parts.map((part, atMs) => ({ endsAt: (endsAt += part.length), atMs }));
    expect(readSentEvents(parts.join(''), times).map(({ text, atMs }) => [text, atMs])).toEqual(events);
  });

  it.each<[text: string, data: unknown]>([
    ['data: {"a":1}\n\n', { a: 1 }],
    ['event: message\ndata:{"a":\ndata: 1}\n\n', { a: 1 }],
    ['data: [DONE]\n\n', '[DONE]'],
    [': comment\n\n', ': comment\n\n'],
    ['{"a":1}', { a: 1 }],
  ])('have their data: %j', (text, data) => {
    expect(dataOf({ text, atMs: 0 })).toEqual(data);
  });
});
