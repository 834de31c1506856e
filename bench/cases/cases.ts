import type { AnswerName } from './answers.ts';
import { anthropicMediumBody, anthropicSmallBody } from './anthropic-bodies.ts';
import { embeddingsBody } from './embeddings.ts';
import { conversationBody, imageBody, manyToolsBody, mediumBody, smallBody } from './converse-bodies.ts';

/** What a client sends, and by which of Bedrock's operations. */
export interface ClientCall {
  readonly body: Buffer;
  readonly operation: 'converse' | 'invoke';
}

/** One call and one answer. */
export interface CallCase extends ClientCall {
  readonly name: string;
  readonly title: string;
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
  readonly call: ClientCall;
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
    ...call('anthropic-M', "M in Anthropic's form, by InvokeModel", anthropicMediumBody(), {
      connections: 16,
      rate: 500,
    }),
    operation: 'invoke',
  },
  {
    ...call('tool-calls', 'M, answered by 3 tool calls', mediumBody(), { connections: 16, rate: 200 }),
    answer: 'toolCalls',
  },
  call('conversation', '1,000 messages', conversationBody(999), { connections: 8, rate: 40 }),
  call('50-tools', '50 tools, 420 kB', manyToolsBody(), { connections: 8, rate: 30 }),
  call('image', 'an image of 5 MB', imageBody(), { connections: 4, rate: 5 }),
];

/** One short call. */
export const SMALL_CALL: ClientCall = { body: smallBody(), operation: 'converse' };
const SMALL_ANTHROPIC_CALL: ClientCall = { body: anthropicSmallBody(), operation: 'invoke' };

/** Their figures are per chunk, at saturation. */
export const BURST_CASES: readonly CallCase[] = [
  {
    ...call('burst', 'streams of 2,000 chunks, each in one write', SMALL_CALL.body, {
      connections: 4,
      rate: 0,
    }),
    answer: 'burst',
  },
  {
    ...call('anthropic-burst', "the same in Anthropic's form", SMALL_ANTHROPIC_CALL.body, {
      connections: 4,
      rate: 0,
    }),
    operation: 'invoke',
    answer: 'burst',
  },
];

/** Its answer is megabytes of numbers, which the proxy checks and copies. */
export const EMBEDDINGS_CASE: CallCase = {
  ...call('embeddings', '96 texts, answered by 96 × 1,536 floats', embeddingsBody(), {
    connections: 4,
    rate: 10,
  }),
  answer: 'embeddings',
  operation: 'invoke',
};

export const FEED_CASES: readonly FeedCase[] = [
  {
    name: 'each',
    title: 'streams of single chunks, saturated',
    call: SMALL_CALL,
    streams: 64,
    feed: 'lockstep',
  },
  {
    name: 'anthropic-each',
    title: "the same in Anthropic's form",
    call: SMALL_ANTHROPIC_CALL,
    streams: 64,
    feed: 'lockstep',
  },
  {
    name: 'paced',
    title: 'streams of single chunks, 10,000 chunks a second in all',
    call: SMALL_CALL,
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
  return { name, title, body, operation: 'converse', answer: 'text', ...load };
}
