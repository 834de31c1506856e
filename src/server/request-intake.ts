import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorFormat } from '../bedrock/error-format.js';
import { writeException } from '../bedrock/write-exception.js';
import type { ServerSettings } from '../config/settings.js';
import { ByteBudget } from '../streaming/byte-budget.js';
import { discardBody } from './body/discard-body.js';
import { DrainState } from './drain-state.js';
import { Pressure } from './load/pressure.js';
import { ActiveRequests } from './load/active-requests.js';
import { LoadShedder } from './load/load-shedder.js';

/** Called for every accepted request. The request's id is in the response's `x-amzn-requestid`. */
export type RequestObserver = (request: IncomingMessage, response: ServerResponse) => void;

/** Accepts or refuses every request by its headers, over either protocol, before its route is known. */
export class RequestIntake {
  readonly drainState = new DrainState();
  readonly pressure = new Pressure();
  readonly requests: ActiveRequests;
  readonly shedder: LoadShedder;
  private sweeping?: NodeJS.Timeout;
  private observer?: RequestObserver;

  constructor(
    private readonly settings: ServerSettings,
    private readonly errorFormats: readonly ErrorFormat[],
  ) {
    const { drainState, pressure } = this;
    const bodies = new ByteBudget(settings.maxBodyBytesInFlight, () =>
      this.shedder.refuse('body_bytes', 'body'),
    );
    const answers = new ByteBudget(settings.maxAnswerBytesInFlight, () =>
      this.shedder.refuse('answer_bytes', 'answer'),
    );
    this.requests = new ActiveRequests(bodies, answers);
    const load = { requests: this.requests, bodies, pressure, drainState };
    this.shedder = new LoadShedder(load, settings.maxRequestsInFlight);
  }

  /** Sets the one observer, from the next request on. */
  observe(observer: RequestObserver): void {
    this.observer = observer;
  }

  /** Starts the timers that run while the port is open. */
  open(): void {
    this.pressure.start();
    this.sweeping = setInterval(
      () => this.requests.abortStalled(),
      this.settings.clientStallTimeoutMs,
    ).unref();
  }

  close(): void {
    this.pressure.stop();
    clearInterval(this.sweeping);
  }

  /** Whether the request is accepted. A refused request is answered here. */
  accept(request: IncomingMessage, response: ServerResponse): boolean {
    // every answer carries an id that a user can quote, errors and unknown paths too
    response.setHeader('x-amzn-requestid', randomUUID());
    if (this.drainState.isDraining && request.httpVersionMajor === 1) {
      response.setHeader('connection', 'close');
    }
    const refusal = this.shedder.refusal(request);
    if (refusal === undefined) {
      this.requests.add(request, response);
      this.observer?.(request, response);
      // operations are POST requests; no route reads the body of another method
      if (request.method !== 'POST') discardBody(request, this.settings.maxBodyBytes);
      return true;
    }
    discardBody(request, this.settings.maxBodyBytes);
    writeException(request, response, refusal, this.errorFormats);
    return false;
  }
}
