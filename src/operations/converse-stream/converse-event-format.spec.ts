import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { CONVERSE_EVENT_FORMAT } from './converse-event-format.js';

const START: ConverseStreamEvent = { messageStart: { role: 'assistant' } };
const STOP: ConverseStreamEvent = { messageStop: { stopReason: 'end_turn' } };
const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
const METADATA: ConverseStreamEvent = { metadata: { usage, metrics: { latencyMs: 1 } } };
const { summarize } = CONVERSE_EVENT_FORMAT;

describe('The summary of ConverseStream events', () => {
  it.each<[name: string, events: ConverseStreamEvent[], summary: unknown]>([
    ['is undefined before the end', [START], undefined],
    ['is undefined for no events', [], undefined],
    ['holds usage and stop reason at the end', [STOP, METADATA], { usage, stopReason: 'end_turn' }],
    ['holds usage alone when no stop reason precedes it', [METADATA], { usage }],
  ])('%s', (_name, events, summary) => {
    expect(summarize(events)).toEqual(summary);
  });
});
