import { BedrockException, type BedrockExceptionName } from '../bedrock/bedrock.exception.js';
import { LimitExceededError } from '../limits/limit-exceeded.error.js';
import { UpstreamError } from '../openai/upstream.error.js';
import { CircuitOpenError } from '../routing/target-health.js';
import { upstreamErrorToException } from '../translation/upstream-error.js';
import { throttlingException, serviceUnavailableException } from './retry-later.js';

/** Exceptions that blame the request: another target would refuse it too. */
const REFUSALS: ReadonlySet<BedrockExceptionName> = new Set<BedrockExceptionName>([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'ValidationException',
]);

/** Whether another target would refuse the request too. */
export function isRefusal({ name }: BedrockException): boolean {
  return REFUSALS.has(name);
}

/** Collects the errors of the targets that were tried for one request. */
export class FailoverErrors {
  private last?: BedrockException;
  private permitInMs = Infinity;

  constructor(private readonly modelId: string) {}

  /**
   * Records an error. Returns when the next target should be tried.
   * @throws BedrockException when another target would refuse the request too, or when the client has left
   * @throws the error itself when it is not a failure of a target
   */
  add(error: unknown): void {
    if (error instanceof UpstreamError) this.fail(error);
    else if (error instanceof LimitExceededError)
      this.permitInMs = Math.min(this.permitInMs, error.retryAfterMs);
    else if (!this.isSkipped(error)) throw error;
  }

  /**
   * The exception for the client when no target has answered.
   * @param waitMs milliseconds until a target can be called again
   */
  exception(waitMs: number): BedrockException {
    if (this.last !== undefined) return this.last;
    return Number.isFinite(this.permitInMs)
      ? throttlingException(this.permitInMs)
      : serviceUnavailableException(waitMs);
  }

  private fail(error: UpstreamError): void {
    this.last = upstreamErrorToException(error, this.modelId);
    if (error.failure === 'aborted' || isRefusal(this.last)) throw this.last;
  }

  /** A later target that cannot take the request is skipped: the failure of the first one is reported. */
  private isSkipped(error: unknown): boolean {
    if (error instanceof CircuitOpenError) return true;
    return error instanceof BedrockException && this.last !== undefined;
  }
}
