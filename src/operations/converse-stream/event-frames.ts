import { Logger } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import { encodeEvents, encodeException } from '../../bedrock/event-stream/frame.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { upstreamErrorToStreamException } from '../../translation/upstream-error.js';
import type { OpenEvents } from './open-events.js';

const logger = new Logger('ConverseStream');

/** Events → frames, one buffer a batch. A failure becomes the last frame, an exception: it never throws. */
export async function* eventFrames({ first, rest }: OpenEvents): AsyncGenerator<Buffer> {
  try {
    yield encodeEvents(first);
    if (rest === undefined) return;
    for await (const batch of rest) yield encodeEvents(batch);
  } catch (error) {
    yield exceptionFrame(error);
  }
}

export function exceptionFrame(error: unknown): Buffer {
  return encodeException(toStreamException(error));
}

function toStreamException(error: unknown): BedrockException {
  if (error instanceof UpstreamError) return upstreamErrorToStreamException(error);
  if (error instanceof BedrockException) return error;
  logger.error(error instanceof Error ? error.stack : error);
  return new BedrockException(
    'InternalServerException',
    'The stream ended because of an error in the proxy.',
    {
      cause: error,
    },
  );
}
