import { Logger } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { Exchange } from '../../observability/exchange.js';
import { errorWithoutKey } from '../../openai/error-without-key.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';
import { upstreamErrorToStreamException } from '../../translation/upstream-error.js';
import { errorToAttemptFailure } from '../attempt-failure.js';
import type { EventFormat } from './event-format.js';
import type { OpenEvents } from './open-events.js';

const logger = new Logger('EventStream');

/** Events → frames, one buffer per batch. A failure becomes the last frame, an exception; the source itself never fails. */
export class EventFrames<Event extends object>
  extends PullSource<Buffer>
  implements PullSink<readonly Event[]>
{
  #first: readonly Event[] | undefined;
  #rest: PullSource<readonly Event[]> | undefined;
  #sink: PullSink<Buffer> | undefined;

  constructor(
    { first, rest }: OpenEvents<Event>,
    private readonly format: EventFormat<Event>,
    private readonly exchange: Exchange,
  ) {
    super();
    this.#first = first;
    this.#rest = rest;
  }

  pull(sink: PullSink<Buffer>): void {
    this.#sink = sink;
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined) this.next(first);
    else if (this.#rest !== undefined) this.#rest.pull(this);
    else sink.done();
  }

  cancel(): void {
    this.#first = undefined;
    this.#rest?.cancel();
    this.#rest = undefined;
  }

  next(batch: readonly Event[]): void {
    this.#sink?.next(this.#encode(batch));
  }

  done(): void {
    this.#rest = undefined;
    this.#sink?.done();
  }

  error(error: unknown): void {
    this.#rest = undefined;
    this.#sink?.next(exceptionFrame(error, this.format, this.exchange));
  }

  #encode(events: readonly Event[]): Buffer {
    const { exchange, format } = this;
    try {
      const bytes = format.encode(events);
      exchange.recordEvents(events, bytes.length);
      const summary = format.summarize(events);
      if (summary !== undefined) exchange.recordStreamEnd(summary);
      return bytes;
    } catch (error) {
      this.cancel();
      return exceptionFrame(error, format, exchange);
    }
  }
}

/** The frame that ends a failed stream. The exchange records the failure. */
export function exceptionFrame(
  thrown: unknown,
  { encodeException, hasTimeouts }: Pick<EventFormat<never>, 'encodeException' | 'hasTimeouts'>,
  exchange: Exchange,
): Buffer {
  const upstream = exchange.lastAttempt?.upstream;
  const error = errorWithoutKey(thrown, upstream ?? {});
  const exception = toStreamException(error, hasTimeouts);
  const failure = errorToAttemptFailure(error, exchange.modelId ?? '', upstream);
  exchange.recordFailure(exception.name, failure, exception.brokenRule);
  return encodeException(exception);
}

function toStreamException(error: unknown, hasTimeouts: boolean | undefined): BedrockException {
  if (error instanceof UpstreamError) return upstreamErrorToStreamException(error, hasTimeouts);
  if (error instanceof BedrockException) return error;
  logger.error(error);
  const message = 'The stream ended because of an error in the proxy.';
  return new BedrockException('InternalServerException', message, { cause: error });
}
