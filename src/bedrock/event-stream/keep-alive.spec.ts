import type { ConverseStreamEvent } from '../converse/converse-stream-event.js';
import { encodeEvents, unknownEventFrame } from './frame.js';
import { keepAliveFrame } from './keep-alive.js';

const delta = (value: object): ConverseStreamEvent =>
  ({ contentBlockDelta: { contentBlockIndex: 3, delta: value } }) as ConverseStreamEvent; // one of its members

describe('keepAliveFrame', () => {
  it.each<[name: string, last: ConverseStreamEvent, sent: ConverseStreamEvent]>([
    ['a text', delta({ text: 'Hi' }), delta({ text: '' })],
    ['an input', delta({ toolUse: { input: '{' } }), delta({ toolUse: { input: '' } })],
    [
      'the start of a tool call',
      { contentBlockStart: { contentBlockIndex: 3, start: { toolUse: { toolUseId: 'a', name: 'f' } } } },
      delta({ toolUse: { input: '' } }),
    ],
    ['reasoning', delta({ reasoningContent: { text: 'Hm' } }), delta({ reasoningContent: { text: '' } })],
  ])('is an empty delta after %s', (_, last, sent) => {
    expect(keepAliveFrame(last)).toEqual(encodeEvents([sent]));
  });

  it.each<[name: string, last: ConverseStreamEvent | undefined]>([
    ['nothing', undefined],
    ['the start', { messageStart: { role: 'assistant' } }],
    ['the end of a block', { contentBlockStop: { contentBlockIndex: 3 } }],
    ['a signature', delta({ reasoningContent: { signature: 'abc' } })],
    ['the end', { messageStop: { stopReason: 'end_turn' } }],
  ])('is an event of an unknown type after %s', (_, last) => {
    expect(keepAliveFrame(last)).toBe(unknownEventFrame);
  });
});
