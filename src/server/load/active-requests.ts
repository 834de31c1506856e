import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteBudget } from '../../streaming/byte-budget.js';
import { abortResponse } from '../abort-response.js';
import { ActiveRequest } from './active-request.js';
import { IndexedSet } from './indexed-set.js';

/** Every request that the process works on. */
export class ActiveRequests {
  private readonly inFlight = new IndexedSet<ActiveRequest>();

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

  add(request: IncomingMessage, response: ServerResponse): void {
    const entered = new ActiveRequest(request, response, this.bodies, this.answers);
    this.inFlight.add(entered);
    response.once('close', () => {
      this.inFlight.delete(entered);
      entered.close();
    });
  }

  /** Leaves the clients that have read nothing of their last bytes since this was called before. */
  abortStalled(): void {
    for (const request of this.inFlight) {
      if (request.isStalled()) abortResponse(request.response);
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
  cancelAll(): void {
    for (const request of this.inFlight) request.cancellation.cancel();
  }
}
