import type { ConverseRequestDto } from '../../src/bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../src/bedrock/converse/converse-stream-event.js';
import type { ChatCompletionAnswer } from '../../src/openai/chat-completion.js';
import type { UpstreamTarget } from '../../src/openai/upstream-target.js';
import { PullSource } from '../../src/streaming/pull-source.js';
import { StreamMapper } from '../../src/translation/stream/stream.mapper.js';
import { targetOf, upstreamOf } from './upstream-target.js';

export const LIVE = targetOf('generic', { upstream: upstreamOf({ name: 'local' }), model: 'm' });
export const BUFFERED: UpstreamTarget = {
  ...LIVE,
  upstream: { ...LIVE.upstream, toolCallStreaming: 'buffered' },
};

interface MappingOptions {
  request?: Partial<ConverseRequestDto>;
  target?: UpstreamTarget;
  /** The number of batches of events after which the reader cancels. */
  most?: number;
}

interface MappedStream {
  batches: ConverseStreamEvent[][];
  events: ConverseStreamEvent[];
  error?: Error;
}

/** Maps batches of chunks, with counted ids and a latency of 7 ms. Specs write only the relevant members. */
export async function mapStream(
  batches: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
  { request = {}, target = LIVE, most = Infinity }: MappingOptions = {},
): Promise<MappedStream> {
  let ids = 0;
  const mapper = new StreamMapper({
    unsupportedParameters: 'ignore',
    newToolUseId: () => `tooluse_${(ids += 1)}`,
    digest: () => new Uint8Array(32),
  });
  const mapped: MappedStream = { batches: [], events: [] };
  try {
    for await (const events of first(
      most,
      mapper.map(PullSource.from(asChunks(batches)), request, target, { elapsedMs: () => 7 }),
    )) {
      mapped.batches.push(events);
      mapped.events.push(...events);
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    mapped.error = error;
  }
  return mapped;
}

async function* first<Item>(most: number, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  let count = 0;
  for await (const item of items) {
    yield item;
    count += 1;
    if (count >= most) return;
  }
}

async function* asChunks(
  batches: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
): AsyncGenerator<readonly ChatCompletionAnswer[]> {
  // an assertion at a boundary: an upstream may send anything
  for await (const batch of batches) yield batch as readonly ChatCompletionAnswer[];
}

/** A chunk with one choice. */
export function chunk(delta: unknown, rest: Record<string, unknown> = {}): unknown {
  return { object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null, ...rest }] };
}

/** The chunk that ends a message. */
export function finish(finishReason: string, delta: unknown = {}): unknown {
  return chunk(delta, { finish_reason: finishReason });
}

/** A delta with pieces of tool calls. */
export function toolCalls(...entries: unknown[]): unknown {
  return { tool_calls: entries };
}
