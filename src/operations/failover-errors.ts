import { BedrockException, type BedrockExceptionName } from '../bedrock/bedrock.exception.js';
import { LimitExceededError } from '../limits/limit-exceeded.error.js';
import { UpstreamError } from '../openai/upstream.error.js';
import { CircuitOpenError } from '../routing/circuit-open.error.js';
import { upstreamErrorToException } from '../translation/upstream-error.js';
import { throttlingException, serviceUnavailableException } from './retry-later.js';

/** What is wrong with a request is wrong everywhere. */
const REFUSALS: ReadonlySet<BedrockExceptionName> = new Set<BedrockExceptionName>([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'ValidationException',
]);

/** What has gone wrong with the targets of a route so far. */
export class FailoverErrors {
  private last?: BedrockException;
  private roomInMs = Infinity;

  constructor(private readonly modelId: string) {}

  /**
   * One more.
   * @throws BedrockException when no other target would do better, and whatever is no failure of a target
   */
  add(error: unknown): void {
    if (error instanceof UpstreamError) this.fail(error);
    else if (error instanceof LimitExceededError) this.roomInMs = Math.min(this.roomInMs, error.retryAfterMs);
    else if (!this.isPassedOver(error)) throw error;
  }

  /** What the client hears when nobody has answered. `waitMs`: until somebody may be asked again. */
  exception(waitMs: number): BedrockException {
    if (this.last !== undefined) return this.last;
    return Number.isFinite(this.roomInMs)
      ? throttlingException(this.roomInMs)
      : serviceUnavailableException(waitMs);
  }

  private fail(error: UpstreamError): void {
    this.last = upstreamErrorToException(error, this.modelId);
    if (error.failure === 'aborted' || REFUSALS.has(this.last.name)) throw this.last;
  }

  /** A request may hold what the second choice cannot take: then it is the failure of the first that matters. */
  private isPassedOver(error: unknown): boolean {
    if (error instanceof CircuitOpenError) return true;
    return error instanceof BedrockException && this.last !== undefined;
  }
}
