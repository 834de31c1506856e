import type { AnswerName } from './answers.ts';
import { conversationBody, imageBody, manyToolsBody, mediumBody, smallBody } from './converse-bodies.ts';

/** One call and one answer. */
export interface CallCase {
  readonly name: string;
  readonly title: string;
  readonly body: Buffer;
  readonly answer: AnswerName;
  /** Concurrent calls at saturation. */
  readonly connections: number;
  /** Calls per second at the fixed rate, which is far from saturation for every target. */
  readonly rate: number;
}

/** Streams that get one chunk at a time. */
export interface FeedCase {
  readonly name: string;
  readonly title: string;
  readonly streams: number;
  readonly feed: Feed;
}

/**
 * `lockstep`: a stream gets its next chunk when the previous one has arrived. `paced`: 10,000 chunks per second
 * in total.
 */
export type Feed = 'lockstep' | 'paced' | 'none';

export const CALL_CASES: readonly CallCase[] = [
  call('S', 'one question, 283 B', smallBody(), { connections: 16, rate: 500 }),
  call('M', '11 messages and 2 tools, 5 kB', mediumBody(), { connections: 16, rate: 500 }),
  {
    ...call('tool-calls', 'M, answered by 3 tool calls', mediumBody(), { connections: 16, rate: 200 }),
    answer: 'toolCalls',
  },
  call('conversation', '1,000 messages', conversationBody(999), { connections: 8, rate: 40 }),
  call('50-tools', '50 tools, 420 kB', manyToolsBody(), { connections: 8, rate: 30 }),
  call('image', 'an image of 5 MB', imageBody(), { connections: 4, rate: 5 }),
];

/** Its figures are per chunk, at saturation. */
export const BURST_CASE: CallCase = {
  ...call('burst', 'streams of 2,000 chunks, each in one write', smallBody(), { connections: 4, rate: 0 }),
  answer: 'burst',
};

export const FEED_CASES: readonly FeedCase[] = [
  { name: 'each', title: 'streams of single chunks, saturated', streams: 64, feed: 'lockstep' },
  {
    name: 'paced',
    title: 'streams of single chunks, 10,000 chunks a second in all',
    streams: 100,
    feed: 'paced',
  },
];

export const MEMORY_CASE = { name: 'memory', title: 'of saturation with S' };

export const IDLE_CASE = { name: 'idle', title: 'more slow streams, open at once and silent' };

function call(
  name: string,
  title: string,
  body: Buffer,
  load: { connections: number; rate: number },
): CallCase {
  return { name, title, body, answer: 'text', ...load };
}
