import { Logger } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents, encodeException } from '../../bedrock/event-stream/frame.js';
import type { Exchange } from '../../observability/exchange.js';
import { errorWithoutKey } from '../../openai/error-without-key.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { upstreamErrorToStreamException } from '../../translation/upstream-error.js';
import { errorToAttemptFailure } from '../attempt-failure.js';
import type { OpenEvents } from './open-events.js';

const logger = new Logger('ConverseStream');

type Batch = readonly ConverseStreamEvent[];

/** Events → frames, one buffer a batch. A failure becomes the last frame, an exception: it never fails. */
export class EventFrames extends PullSource<Buffer> implements PullSink<Batch> {
  #first: Batch | undefined;
  #rest: PullSource<Batch> | undefined;
  #to: PullSink<Buffer> | undefined;

  constructor(
    { first, rest }: OpenEvents,
    private readonly exchange: Exchange,
  ) {
    super();
    this.#first = first;
    this.#rest = rest;
  }

  pull(to: PullSink<Buffer>): void {
    this.#to = to;
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined) this.next(first);
    else if (this.#rest !== undefined) this.#rest.pull(this);
    else to.done();
  }

  cancel(): void {
    this.#first = undefined;
    this.#rest?.cancel();
    this.#rest = undefined;
  }

  next(batch: Batch): void {
    this.#to?.next(this.#framesOf(batch));
  }

  done(): void {
    this.#rest = undefined;
    this.#to?.done();
  }

  error(error: unknown): void {
    this.#rest = undefined;
    this.#to?.next(exceptionFrame(error, this.exchange));
  }

  #framesOf(events: Batch): Buffer {
    try {
      const bytes = encodeEvents(events);
      this.exchange.recordEvents(events, bytes.length);
      return bytes;
    } catch (error) {
      this.cancel();
      return exceptionFrame(error, this.exchange);
    }
  }
}

/** The frame that ends a stream. */
export function exceptionFrame(thrown: unknown, exchange: Exchange): Buffer {
  const upstream = exchange.lastAttempt?.upstream;
  const error = errorWithoutKey(thrown, upstream ?? {});
  const exception = toStreamException(error);
  const failure = errorToAttemptFailure(error, exchange.modelId ?? '', upstream);
  exchange.recordFailure(exception.name, failure, exception.brokenRule);
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
