import type { IncomingMessage } from 'node:http';
import type { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ByteBudget } from '../../streaming/byte-budget.js';
import type { DrainState } from '../drain-state.js';
import type { Pressure } from './pressure.js';
import type { ActiveRequests } from './active-requests.js';
import type { ShedReason, ShedEvents } from './shed-events.js';

/** Who asks for these wants to know how the process is, above all when it is not well. */
const NEVER_SHED = /^\/(?:health|metrics)(?:[/?]|$)/;

export interface ProcessLoad {
  readonly requests: ActiveRequests;
  readonly bodies: ByteBudget;
  readonly pressure: Pressure;
  readonly drainState: DrainState;
}

/** Whether one more request can be taken on: decided by its headers alone, before anything else is done for it. */
export class LoadShedder {
  constructor(
    private readonly load: ProcessLoad,
    private readonly sheds: ShedEvents,
    private readonly maxRequests: number,
  ) {}

  /** What a request hears that cannot be taken on. */
  refusal(request: IncomingMessage): BedrockException | undefined {
    const reason = this.reasonAgainst(request);
    if (reason === undefined || NEVER_SHED.test(request.url ?? '')) return undefined;
    return this.sheds.refuse(reason, 'door');
  }

  private reasonAgainst({ headers }: IncomingMessage): ShedReason | undefined {
    const { requests, bodies, pressure, drainState } = this.load;
    if (drainState.hasEnded) return 'shutting_down';
    // one that is alone always comes in: otherwise a heap full of garbage would never be collected
    if (requests.count === 0) return undefined;
    if (requests.count >= this.maxRequests) return 'in_flight';
    const contentLength = Number(headers['content-length'] ?? 0);
    return bodies.hasRoom(contentLength) ? pressure.reason(requests.count) : 'body_bytes';
  }
}
