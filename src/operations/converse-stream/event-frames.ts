import { Logger } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents, encodeException } from '../../bedrock/event-stream/frame.js';
import type { Exchange } from '../../observability/exchange.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { upstreamErrorToStreamException } from '../../translation/upstream-error.js';
import { errorToCallFailure } from '../call-failure.js';
import type { OpenEvents } from './open-events.js';

const logger = new Logger('ConverseStream');

/** Events → frames, one buffer a batch. A failure becomes the last frame, an exception: it never throws. */
export async function* eventFrames({ first, rest }: OpenEvents, exchange: Exchange): AsyncGenerator<Buffer> {
  try {
    yield frames(first, exchange);
    if (rest === undefined) return;
    for await (const batch of rest) yield frames(batch, exchange);
  } catch (error) {
    yield exceptionFrame(error, exchange);
  }
}

/** The frame that ends a stream. */
export function exceptionFrame(error: unknown, exchange: Exchange): Buffer {
  const exception = toStreamException(error);
  exchange.breakOff(exception.name, errorToCallFailure(error, exchange.modelId ?? ''));
  return encodeException(exception);
}

function frames(events: readonly ConverseStreamEvent[], exchange: Exchange): Buffer {
  const bytes = encodeEvents(events);
  exchange.send(events, bytes.length);
  return bytes;
}

function toStreamException(error: unknown): BedrockException {
  if (error instanceof UpstreamError) return upstreamErrorToStreamException(error);
  if (error instanceof BedrockException) return error;
  logger.error(error);
  return new BedrockException(
    'InternalServerException',
    'The stream ended because of an error in the proxy.',
    {
      cause: error,
    },
  );
}
