import type { IncomingMessage } from 'node:http';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ByteBudget } from '../../streaming/byte-budget.js';
import type { DrainState } from '../drain-state.js';
import type { ActiveRequests } from './active-requests.js';
import type { Pressure, PressureReason } from './pressure.js';

/**
 * Why a request is refused: too many active requests, too many bytes of bodies or answers in memory, a busy process, or
 * the end of a shutdown.
 */
export type ShedReason = 'in_flight' | 'body_bytes' | 'answer_bytes' | 'shutting_down' | PressureReason;

/** When a request is refused: by its headers, before it is an active request; or while its body or answer arrives. */
export type ShedStage = 'door' | 'body' | 'answer';

type ShedObserver = (reason: ShedReason, stage: ShedStage) => void;

export interface ProcessLoad {
  readonly requests: ActiveRequests;
  readonly bodies: ByteBudget;
  readonly pressure: Pressure;
  readonly drainState: DrainState;
}

/** Operators need health and metrics most when the process is overloaded. */
const NEVER_SHED = /^\/(?:health|metrics)(?:[/?]|$)/;
/** Short, because a peak is short; SDKs add jitter of their own. */
const RETRY_AFTER_MS = 1_000;

/** One object for every refusal: making an error costs more than the rest of a refusal. */
const OVERLOADED = new BedrockException(
  'ServiceUnavailableException',
  'Bedrock is unable to process your request.',
  {
    headers: { 'retry-after': String(RETRY_AFTER_MS / 1_000), 'x-amz-retry-after': String(RETRY_AFTER_MS) },
  },
);

/** Refuses requests that the process has no capacity for, and tells its observers about each refusal. */
export class LoadShedder {
  readonly #observers = new Set<ShedObserver>();

  constructor(
    private readonly load: ProcessLoad,
    private readonly maxRequests: number,
  ) {}

  /** @returns a function that removes the observer */
  observe(observer: ShedObserver): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** Decides by the headers alone. Undefined when the request is accepted, else the error to answer with. */
  refusal(request: IncomingMessage): BedrockException | undefined {
    const reason = this.reasonAgainst(request);
    if (reason === undefined || NEVER_SHED.test(request.url ?? '')) return undefined;
    return this.refuse(reason, 'door');
  }

  /** Reports a refusal to the observers. @returns the error to answer with */
  refuse(reason: ShedReason, stage: ShedStage): BedrockException {
    for (const observer of this.#observers) observer(reason, stage);
    return OVERLOADED;
  }

  private reasonAgainst({ headers }: IncomingMessage): ShedReason | undefined {
    const { requests, bodies, pressure, drainState } = this.load;
    if (drainState.hasEnded) return 'shutting_down';
    // accept a request when there is no other: without allocations, a heap full of garbage is never collected
    if (requests.count === 0) return undefined;
    if (requests.count >= this.maxRequests) return 'in_flight';
    const contentLength = Number(headers['content-length'] ?? 0);
    return bodies.hasRoom(contentLength) ? pressure.reason(requests.count) : 'body_bytes';
  }
}
