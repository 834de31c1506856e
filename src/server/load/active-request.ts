import type { IncomingMessage, ServerResponse } from 'node:http';
import { BudgetShare, type ByteBudget } from '../../streaming/byte-budget.js';
import { Cancellation } from '../../streaming/cancellation.js';
import { RequestAttachment } from '../fast-path/request-attachment.js';

const inFlight = new RequestAttachment<ActiveRequest>();

/** One request, from its headers until its answer is out or its client has left. */
export class ActiveRequest {
  /** Fires when nobody waits for the answer. */
  readonly cancellation = new Cancellation();
  /** What is in memory of its answer, until that is out. */
  readonly answer: BudgetShare;
  private bodyBytes = 0;
  private wasWritten = false;

  /** @throws Error when the request did not come in through the entrance */
  static of(request: IncomingMessage): ActiveRequest {
    const found = inFlight.get(request);
    if (found === undefined) throw new Error('The request is not in flight');
    return found;
  }

  /** What has been received of its body; undefined when the request did not come in through the entrance. */
  static receivedBytes(request: IncomingMessage): number | undefined {
    return inFlight.get(request)?.bodyBytes;
  }

  constructor(
    request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly bodies: ByteBudget,
    answers: ByteBudget,
  ) {
    this.answer = new BudgetShare(answers);
    inFlight.set(request, this);
  }

  /**
   * So much more of the body is in memory.
   * @throws BedrockException when there is no room for it
   */
  receive(bytes: number): void {
    this.bodies.acquire(bytes, this.bodyBytes);
    this.bodyBytes += bytes;
  }

  /** Whether the whole answer was written when this was asked before, and still waits for its client to read it. */
  isStalled(): boolean {
    const { wasWritten } = this;
    this.wasWritten = this.response.writableEnded;
    return wasWritten;
  }

  /** The answer is out, or its client has left. */
  close(): void {
    this.bodies.release(this.bodyBytes);
    this.answer.close();
    // not `writableFinished`, which is true over HTTP/2 even after an abort
    if (!this.response.writableEnded) this.cancellation.cancel();
  }
}
