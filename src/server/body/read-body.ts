import type { IncomingMessage } from 'node:http';
import {
  BedrockException,
  RequestTooLargeException,
  ValidationException,
} from '../../bedrock/bedrock.exception.js';
import type { ServerSettings } from '../../config/settings.js';
import { ActiveRequest } from '../load/active-request.js';
import { RequestAttachment } from '../fast-path/request-attachment.js';
import { ByteAccumulator } from '../../streaming/byte-accumulator.js';
import { BodyDeadline } from './body-deadline.js';
import { BodyHash } from './body-hash.js';
import { discardBody } from './discard-body.js';
import { LongJson } from './long-json.js';
import { piecePace } from './piece-pace.js';

export type BodyLimits = Pick<ServerSettings, 'maxBodyBytes' | 'bodyTimeoutMs'>;

/** Shorter JSON is parsed within 20 ms, whatever it contains, so its limits are checked after parsing, which costs less. */
export const SHORT_JSON_BYTES = 512 * 1024;

/**
 * What is discarded of a refused body, as a multiple of the largest accepted one: clients such as boto3 send all of a
 * body that is too large before they read the refusal.
 */
const MAX_DISCARD_FACTOR = 4;

/** The body of a request, while it is read. */
interface Body {
  readonly whole: Promise<Buffer>;
  hash(): Promise<string>;
}

const bodies = new RequestAttachment<Body>();

/**
 * Request → its whole body. It is read once for all callers; the content type does not matter.
 * @throws ValidationException when it is larger than `maxBodyBytes`, compressed, too slow, cut off, or long JSON that
 * is too deep or too wide; BedrockException when it exceeds the budget for all bodies, or the request is
 * cancelled
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  return bodyOf(request, limits).whole;
}

/** The body of a request, if it has been read: undefined when nobody has asked for it, or it is still on its way. */
export async function bodyOnceRead(request: IncomingMessage): Promise<Buffer | undefined> {
  const whole = bodies.get(request)?.whole;
  if (whole === undefined) return undefined;
  return Promise.race([whole, Promise.resolve(undefined)]).catch(() => undefined);
}

/**
 * The SHA-256 of the body that `readBody` reads, in hexadecimal digits, computed while it is read.
 * @throws as `readBody`
 */
export function hashBody(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  return bodyOf(request, limits).hash();
}

function bodyOf(request: IncomingMessage, limits: BodyLimits): Body {
  let body = bodies.get(request);
  if (body === undefined) {
    body = collect(request, limits);
    bodies.set(request, body);
  }
  return body;
}

function collect(request: IncomingMessage, limits: BodyLimits): Body {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return refused(request, limits, compressed());
  if (Number(request.headers['content-length']) > limits.maxBodyBytes)
    return refused(request, limits, tooLarge(limits));
  return new BodyRead(request, limits);
}

function refused(request: IncomingMessage, { maxBodyBytes }: BodyLimits, reason: ValidationException): Body {
  discardBody(request, MAX_DISCARD_FACTOR * maxBodyBytes);
  const whole = Promise.reject(reason);
  return { whole, hash: () => whole };
}

class BodyRead implements Body {
  private readonly outcome = Promise.withResolvers<Buffer>();
  private readonly inFlight: ActiveRequest;
  private readonly deadline: BodyDeadline;
  private readonly bytes = new ByteAccumulator();
  private longJson?: LongJson;
  private bodyHash?: BodyHash;
  private digest?: Promise<string>;

  constructor(
    private readonly request: IncomingMessage,
    private readonly limits: BodyLimits,
  ) {
    this.inFlight = ActiveRequest.of(request);
    this.deadline = new BodyDeadline(limits.bodyTimeoutMs, () => this.fail(tooSlow()));
    this.inFlight.cancellation.onCancel(this.abandon);
    const cutOff = (): void => this.fail(new ValidationException('The request body ended early'));
    request.on('data', this.take).once('end', this.finish).once('aborted', cutOff).on('error', cutOff);
  }

  get whole(): Promise<Buffer> {
    return this.outcome.promise;
  }

  hash(): Promise<string> {
    if (this.digest !== undefined) return this.digest;
    const bodyHash = new BodyHash(this.bytes);
    this.bodyHash = bodyHash;
    this.digest = this.whole.then((whole) => bodyHash.digest(whole));
    return this.digest;
  }

  private readonly take = (chunk: Buffer): void => {
    if (this.bytes.length + chunk.length > this.limits.maxBodyBytes) return this.fail(tooLarge(this.limits));
    this.deadline.extend(chunk.length);
    // most bodies are one piece, which is not counted
    if (this.bytes.length > 0) piecePace.count(this.request);
    this.bytes.push(chunk);
    try {
      this.inFlight.receive(chunk.length);
      this.bodyHash?.update();
      if (this.bytes.length > SHORT_JSON_BYTES) this.scan();
    } catch (refusal) {
      this.fail(refusal);
    }
  };

  private scan(): void {
    this.longJson ??= new LongJson(this.bytes);
    this.longJson.scan();
  }

  private readonly finish = (): void => {
    this.settle();
    const whole = this.bytes.concat();
    this.bytes.clear();
    try {
      this.longJson?.scanRest(whole);
      this.outcome.resolve(whole);
    } catch (refusal) {
      this.outcome.reject(refusal);
    }
  };

  private readonly abandon = (): void =>
    this.fail(
      new BedrockException('ServiceUnavailableException', 'Bedrock is unable to process your request.'),
    );

  /** Discards the rest of the body. */
  private fail(reason: unknown): void {
    this.settle();
    this.bytes.clear();
    this.request.off('data', this.take).off('end', this.finish);
    discardBody(this.request, MAX_DISCARD_FACTOR * this.limits.maxBodyBytes);
    this.outcome.reject(reason);
  }

  private settle(): void {
    this.deadline.clear();
    this.inFlight.cancellation.offCancel(this.abandon);
  }
}

function compressed(): ValidationException {
  return new ValidationException('A compressed request body is not supported');
}

function tooLarge({ maxBodyBytes }: BodyLimits): ValidationException {
  return new RequestTooLargeException(`The request body is larger than ${maxBodyBytes} bytes`);
}

function tooSlow(): ValidationException {
  return new ValidationException('The request body did not come in time');
}
