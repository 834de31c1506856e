import type { IncomingMessage } from 'node:http';
import { BedrockException, ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ServerSettings } from '../../config/settings.js';
import { RequestInFlight } from '../load/request-in-flight.js';
import { RequestNote } from '../request-note.js';
import { BodyDeadline } from './body-deadline.js';
import { discardBody } from './discard-body.js';
import { JsonBounds } from './json-bounds.js';

export type BodyLimits = Pick<ServerSettings, 'maxBodyBytes' | 'bodyTimeoutMs'>;

/** JSON of so few bytes is parsed in 20 ms, whatever it is: what it amounts to is counted then, in fewer steps. */
export const SHORT_JSON_BYTES = 512 * 1024;

const reads = new RequestNote<Promise<Buffer>>();

/**
 * The body of a request, whatever its content type, read once however often it is asked for.
 * @throws ValidationException when it is larger than `maxBodyBytes`, compressed, too slow, cut off, or long JSON that
 * is too deep or too wide; BedrockException when there is no room for it, or the process goes
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  let read = reads.of(request);
  if (read === undefined) {
    read = collect(request, limits);
    reads.write(request, read);
  }
  return read;
}

function collect(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return Promise.reject(compressed());
  if (Number(request.headers['content-length']) > limits.maxBodyBytes)
    return Promise.reject(tooLarge(limits));
  return new BodyRead(request, limits).whole;
}

class BodyRead {
  private readonly outcome = Promise.withResolvers<Buffer>();
  private readonly inFlight: RequestInFlight;
  private readonly deadline: BodyDeadline;
  private readonly bounds = new JsonBounds();
  private readonly chunks: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly request: IncomingMessage,
    private readonly limits: BodyLimits,
  ) {
    this.inFlight = RequestInFlight.of(request);
    this.deadline = new BodyDeadline(limits.bodyTimeoutMs, () => this.fail(tooSlow()));
    this.inFlight.abandonment.addEventListener('abort', this.abandon);
    const cutOff = (): void => this.fail(new ValidationException('The request body ended early'));
    request.on('data', this.take).once('end', this.finish).once('aborted', cutOff).on('error', cutOff);
  }

  get whole(): Promise<Buffer> {
    return this.outcome.promise;
  }

  private readonly take = (chunk: Buffer): void => {
    this.length += chunk.length;
    if (this.length > this.limits.maxBodyBytes) return this.fail(tooLarge(this.limits));
    this.deadline.received(chunk.length);
    this.chunks.push(chunk);
    try {
      this.inFlight.receive(chunk.length);
      if (this.length > SHORT_JSON_BYTES) this.lookOver(chunk);
    } catch (refusal) {
      this.fail(refusal);
    }
  };

  /** With the chunk that makes it long, all that came before. */
  private lookOver(last: Buffer): void {
    const wasShort = this.length - last.length <= SHORT_JSON_BYTES;
    for (const chunk of wasShort ? this.chunks : [last]) this.bounds.push(chunk);
  }

  private readonly finish = (): void => {
    this.settle();
    const [first, second] = this.chunks;
    this.outcome.resolve(first && !second ? first : Buffer.concat(this.chunks));
  };

  private readonly abandon = (): void =>
    this.fail(
      new BedrockException('ServiceUnavailableException', 'Bedrock is unable to process your request.'),
    );

  /** What still comes is not kept. */
  private fail(reason: unknown): void {
    this.settle();
    this.chunks.length = 0;
    this.request.off('data', this.take).off('end', this.finish);
    discardBody(this.request, this.limits.maxBodyBytes);
    this.outcome.reject(reason);
  }

  private settle(): void {
    this.deadline.clear();
    this.inFlight.abandonment.removeEventListener('abort', this.abandon);
  }
}

function compressed(): ValidationException {
  return new ValidationException('A compressed request body is not supported');
}

function tooLarge({ maxBodyBytes }: BodyLimits): ValidationException {
  return new ValidationException(`The request body is larger than ${maxBodyBytes} bytes`);
}

function tooSlow(): ValidationException {
  return new ValidationException('The request body did not come in time');
}
