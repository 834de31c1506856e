import type { IncomingMessage, ServerResponse } from 'node:http';
import { BudgetShare, type ByteBudget } from '../../streaming/byte-budget.js';
import { Cancellation } from '../../streaming/cancellation.js';
import { RequestAttachment } from '../fast-path/request-attachment.js';

const activeRequests = new RequestAttachment<ActiveRequest>();

/** An accepted request, from its headers until its answer is sent or its client has disconnected. */
export class ActiveRequest {
  /** Cancelled when the client disconnects before the end of its answer, and at the end of a shutdown. */
  readonly cancellation = new Cancellation();
  /** Counts the bytes of its answer that are in memory. */
  readonly answer: BudgetShare;
  private bodyBytes = 0;
  private wasWritten = false;

  /** @throws Error when the `RequestIntake` did not accept the request */
  static of(request: IncomingMessage): ActiveRequest {
    const found = activeRequests.get(request);
    if (found === undefined) throw new Error('The request is not an active request');
    return found;
  }

  /** Bytes of its body received so far; undefined when the `RequestIntake` did not accept the request. */
  static receivedBytes(request: IncomingMessage): number | undefined {
    return activeRequests.get(request)?.bodyBytes;
  }

  constructor(
    request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly bodies: ByteBudget,
    answers: ByteBudget,
  ) {
    this.answer = new BudgetShare(answers);
    activeRequests.set(request, this);
  }

  /**
   * Counts further bytes of the body in memory.
   * @throws BedrockException when they exceed the budget for all bodies
   */
  receive(bytes: number): void {
    this.bodies.acquire(bytes, this.bodyBytes);
    this.bodyBytes += bytes;
  }

  /** Whether the whole answer was already written at the previous call, and its client has still not read it. */
  isStalled(): boolean {
    const { wasWritten } = this;
    this.wasWritten = this.response.writableEnded;
    return wasWritten;
  }

  /** Releases its bytes when the response is closed; cancels the work if the client disconnected early. */
  close(): void {
    this.bodies.release(this.bodyBytes);
    this.answer.close();
    // not `writableFinished`, which is true over HTTP/2 even after an abort
    if (!this.response.writableEnded) this.cancellation.cancel();
  }
}
