import type { Dispatcher } from 'undici';
import type { Cancellation } from '../../streaming/cancellation.js';
import { openBody } from '../body-input.js';
import type { AnswerShare } from '../held-bytes.js';
import type { BodyInput, ResponseBody } from '../response-body.js';
import { connectionErrorToUpstreamError, protocolSwitchError } from './connection-error.js';
import { toResponse, type TransportResponse } from './transport-response.js';
import type { RequestSender, UpstreamConnection } from './upstream-connection.js';

const SWITCHING_PROTOCOLS = 101;

/** Who waits for the answer. */
interface Caller {
  readonly cancellation: Cancellation;
  readonly share: AnswerShare | undefined;
}

interface Settlement {
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (reason: unknown) => void;
}

/** One request and its answer, as the pool reports them. */
export class HttpExchange implements RequestSender {
  connection: UpstreamConnection | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #body: ResponseBody | undefined;
  #input: BodyInput | undefined;
  #isSentAgain = false;

  constructor(
    private readonly request: Dispatcher.DispatchOptions,
    private readonly caller: Caller,
    private readonly settlement: Settlement,
  ) {
    caller.cancellation.onCancel(this.#end);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.connection?.watch.startRequest();
    if (this.caller.cancellation.reason !== undefined) this.#end(this.caller.cancellation.reason);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: NodeJS.Dict<string | string[]>,
  ): void {
    if (status === SWITCHING_PROTOCOLS) return controller.abort(protocolSwitchError());
    if (status < 200) return;
    const { body, input } = openBody(controller, headers['content-encoding']?.toString(), this.caller.share);
    this.#body = body;
    this.#input = input;
    this.settlement.resolve(toResponse(status, headers, body));
  }

  onResponseData(_controller: Dispatcher.DispatchController, bytes: Buffer): void {
    this.#input?.push(bytes);
  }

  onResponseEnd(): void {
    this.caller.cancellation.offCancel(this.#end);
    this.#input?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    const stale = this.#staleConnection();
    if (stale !== undefined) return this.#sendAgainOver(stale);
    this.caller.cancellation.offCancel(this.#end);
    const reason = this.caller.cancellation.reason ?? connectionErrorToUpstreamError(error, this.#isSent);
    this.settlement.reject(reason);
    this.#input?.fail(reason);
  }

  get #isSent(): boolean {
    return this.#controller !== undefined;
  }

  /** The connection whose end is no failure of the call: the server closed it for idle as the request went out. */
  #staleConnection(): UpstreamConnection | undefined {
    if (this.#isSentAgain || !this.#isSent || this.caller.cancellation.reason !== undefined) return undefined;
    const connection = this.connection;
    if (connection === undefined || connection.closed || connection.destroyed) return undefined;
    return connection.watch.isStale ? connection : undefined;
  }

  /** Another of the pool may be as stale. This one is closed, so it has to be opened anew. */
  #sendAgainOver(connection: UpstreamConnection): void {
    this.#isSentAgain = true;
    this.#controller = undefined;
    connection.dispatch(this.request, this);
  }

  /** Before there is a connection there is nothing to close: then the start of the request looks again. */
  readonly #end = (reason: Error): void => {
    this.settlement.reject(reason);
    this.#body?.destroy(reason);
    this.#controller?.abort(reason);
  };
}
