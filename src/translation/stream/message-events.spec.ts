import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { MessageEvents } from './message-events.js';

function textsOf(events: readonly ConverseStreamEvent[]): string[] {
  return events.flatMap((event) => {
    if (!('contentBlockDelta' in event)) return [];
    const { delta } = event.contentBlockDelta;
    if ('text' in delta) return [delta.text];
    if ('toolUse' in delta) return [delta.toolUse.input];
    return 'text' in delta.reasoningContent ? [delta.reasoningContent.text] : [];
  });
}

const WRITERS: [string, (message: MessageEvents, piece: string) => void][] = [
  ['text', (message, piece) => message.text(piece)],
  ['reasoning', (message, piece) => message.reasoning(piece, 'reasoning')],
  ['input', (message, piece) => message.toolUseInput(piece)],
];

describe.each(WRITERS)('%s', (kind, write) => {
  it.each<[string, string[], string[]]>([
    ['a pair that comes in halves', ['a\ud83d', '\ude00b'], ['a', '\ud83d\ude00b']],
    ['a half alone, then the other', ['\ud83d', '\ude00'], ['\ud83d\ude00']],
    ['two halves without others', ['\ud83d', '\ud83d', 'x'], ['\ufffd', '\ufffdx']],
    ['a half at the very end', ['a\ud83d'], ['a', '\ufffd']],
    ['a low half alone', ['a\ude00', 'b'], ['a\ufffd', 'b']],
    ['halves the wrong way round', ['\ude00', '\ud83d', 'b'], ['\ufffd', '\ufffdb']],
    ['whole pairs', ['a\ud83d\ude00', 'b'], ['a\ud83d\ude00', 'b']],
    ['a giant piece', ['a'.repeat(65_536 * 2 + 1)], ['a'.repeat(65_536), 'a'.repeat(65_536), 'a']],
    [
      'a giant piece with a pair at the cut',
      [`${'a'.repeat(65_535)}\ud83d\ude00b`],
      ['a'.repeat(65_535), '\ud83d\ude00b'],
    ],
  ])('keeps surrogate pairs together: %s', (_, pieces, expected) => {
    const message = new MessageEvents(() => 'signature');
    if (kind === 'input') message.openToolUse('id', 'f');
    for (const piece of pieces) write(message, piece);
    message.closeBlock();
    expect(textsOf(message.take())).toEqual(expected);
  });
});

describe('MessageEvents', () => {
  it('returns every event once', () => {
    const message = new MessageEvents(() => 'signature');
    message.start();
    message.start();
    expect(message.take()).toEqual([{ messageStart: { role: 'assistant' } }]);
    expect(message.take()).toEqual([]);
  });
});
