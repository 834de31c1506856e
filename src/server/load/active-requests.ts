import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteBudget } from '../../streaming/byte-budget.js';
import { abortResponse } from '../abort-response.js';
import { ActiveRequest } from './active-request.js';
import { IndexedSet } from './indexed-set.js';

/** All requests that are accepted and not yet answered in full. */
export class ActiveRequests {
  private readonly active = new IndexedSet<ActiveRequest>();

  constructor(
    private readonly bodies: ByteBudget,
    private readonly answers: ByteBudget,
  ) {}

  get count(): number {
    return this.active.size;
  }

  /** Bytes of all received bodies in memory. */
  get bodyBytes(): number {
    return this.bodies.usedBytes;
  }

  /** Bytes of all answers in memory. */
  get answerBytes(): number {
    return this.answers.usedBytes;
  }

  add(request: IncomingMessage, response: ServerResponse): void {
    const activeRequest = new ActiveRequest(request, response, this.bodies, this.answers);
    this.active.add(activeRequest);
    response.once('close', () => {
      this.active.delete(activeRequest);
      activeRequest.close();
    });
  }

  /** Aborts the responses whose clients have not read the last bytes since the previous call. */
  abortStalled(): void {
    for (const request of this.active) {
      if (request.isStalled()) abortResponse(request.response);
    }
  }

  /** Adds `connection: close` to the HTTP/1.1 responses whose headers are not sent yet. */
  announceClose(): void {
    for (const { response } of this.active) {
      if (response.req.httpVersionMajor === 1 && !response.headersSent) {
        response.setHeader('connection', 'close');
      }
    }
  }

  /** Cancels all requests, so that each of them answers its client with an error while it still can. */
  cancelAll(): void {
    for (const request of this.active) request.cancellation.cancel();
  }
}
