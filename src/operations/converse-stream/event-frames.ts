import { Logger } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents, encodeException } from '../../bedrock/event-stream/frame.js';
import type { Exchange } from '../../observability/exchange.js';
import { errorWithoutKey } from '../../openai/error-without-key.js';
import { type Receiver, Source } from '../../openai/source.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { upstreamErrorToStreamException } from '../../translation/upstream-error.js';
import { errorToCallFailure } from '../call-failure.js';
import type { OpenEvents } from './open-events.js';

const logger = new Logger('ConverseStream');

type Batch = readonly ConverseStreamEvent[];

/** Events → frames, one buffer a batch. A failure becomes the last frame, an exception: it never fails. */
export class EventFrames extends Source<Buffer> implements Receiver<Batch> {
  #first: Batch | undefined;
  #rest: Source<Batch> | undefined;
  #to: Receiver<Buffer> | undefined;

  constructor(
    { first, rest }: OpenEvents,
    private readonly exchange: Exchange,
  ) {
    super();
    this.#first = first;
    this.#rest = rest;
  }

  pull(to: Receiver<Buffer>): void {
    this.#to = to;
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined) this.value(first);
    else if (this.#rest !== undefined) this.#rest.pull(this);
    else to.end();
  }

  cancel(): void {
    this.#first = undefined;
    this.#rest?.cancel();
    this.#rest = undefined;
  }

  value(batch: Batch): void {
    this.#to?.value(this.#framesOf(batch));
  }

  end(): void {
    this.#rest = undefined;
    this.#to?.end();
  }

  fail(error: unknown): void {
    this.#rest = undefined;
    this.#to?.value(exceptionFrame(error, this.exchange));
  }

  #framesOf(events: Batch): Buffer {
    try {
      const bytes = encodeEvents(events);
      this.exchange.send(events, bytes.length);
      return bytes;
    } catch (error) {
      this.cancel();
      return exceptionFrame(error, this.exchange);
    }
  }
}

/** The frame that ends a stream. */
export function exceptionFrame(thrown: unknown, exchange: Exchange): Buffer {
  const upstream = exchange.lastCall?.upstream;
  const error = errorWithoutKey(thrown, upstream ?? {});
  const exception = toStreamException(error);
  const failure = errorToCallFailure(error, exchange.modelId ?? '', upstream);
  exchange.breakOff(exception.name, failure, exception.brokenRule);
  return encodeException(exception);
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
