import type { PullSource } from '../streaming/pull-source.js';
import type { ChatCompletionAnswer } from './chat-completion.js';
import type { ChunkParser } from './chunk-parser.js';
import { ChunkStream } from './chunk-stream.js';
import type { TransportResponse } from './connection/transport-response.js';
import type { UpstreamCall } from './upstream-call.js';
import type { UpstreamTarget } from './upstream-target.js';

/**
 * The chunks of a response, once its headers say success.
 * @throws UpstreamError, and then the call has ended
 */
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
