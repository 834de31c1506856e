import type { ChatCompletionAnswer } from './chat-completion.js';
import type { ChunkParser } from './chunk-parser.js';
import { ChunkStream } from './chunk-stream.js';
import type { TransportResponse } from './connection/transport-response.js';
import type { PullSource } from '../streaming/pull-source.js';
import { type CallOptions, UpstreamCall } from './upstream-call.js';
import type { UpstreamTarget } from './upstream-target.js';

/** A call whose deadline is that of the first event. */
export function streamCall({ upstream }: UpstreamTarget, options: CallOptions): UpstreamCall {
  const firstEventTimeoutMs = timeoutOf(options, upstream.firstEventTimeoutMs);
  const call = new UpstreamCall(options);
  call.setDeadline(firstEventTimeoutMs, `no content within ${firstEventTimeoutMs} ms`);
  return call;
}

export async function openChunks(
  { upstream }: UpstreamTarget,
  call: UpstreamCall,
  response: Promise<TransportResponse>,
  parser: ChunkParser,
): Promise<PullSource<readonly ChatCompletionAnswer[]>> {
  try {
    const { body } = await response;
    return new ChunkStream(body, call, upstream.idleTimeoutMs, parser);
  } catch (error) {
    call.end();
    throw error;
  }
}

export function timeoutOf({ timeoutMs = Infinity }: CallOptions, ownTimeoutMs: number): number {
  return Math.min(timeoutMs, ownTimeoutMs);
}
