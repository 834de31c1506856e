import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteBudget } from '../../streaming/byte-budget.js';
import { breakOff } from '../break-off.js';
import { RequestInFlight } from './request-in-flight.js';
import { Roster } from './roster.js';

/** Every request that the process works on. */
export class RequestsInFlight {
  private readonly inFlight = new Roster<RequestInFlight>();

  constructor(
    private readonly bodies: ByteBudget,
    private readonly answers: ByteBudget,
  ) {}

  get count(): number {
    return this.inFlight.size;
  }

  /** Of what has been received. */
  get bodyBytes(): number {
    return this.bodies.usedBytes;
  }

  /** Of what is in memory. */
  get answerBytes(): number {
    return this.answers.usedBytes;
  }

  enter(request: IncomingMessage, response: ServerResponse): void {
    const entered = new RequestInFlight(request, response, this.bodies, this.answers);
    this.inFlight.add(entered);
    response.once('close', () => {
      this.inFlight.delete(entered);
      entered.leave();
    });
  }

  /** Leaves the clients that have read nothing of their last bytes since this was called before. */
  leaveStalled(): void {
    for (const request of this.inFlight) {
      if (request.isStalled()) breakOff(request.response);
    }
  }

  /** Their connections are not for another request, as far as that can still be said. */
  announceClose(): void {
    for (const { response } of this.inFlight) {
      if (response.req.httpVersionMajor === 1 && !response.headersSent) {
        response.setHeader('connection', 'close');
      }
    }
  }

  /** Nobody waits for them any more: what can still be said to their clients is said now. */
  abandon(): void {
    for (const request of this.inFlight) request.abandonment.fire();
  }
}
