import type { Dispatcher } from 'undici';
import type { Cancellation } from '../../streaming/cancellation.js';
import { openBody } from '../body-input.js';
import type { AnswerShare } from '../held-bytes.js';
import type { BodyInput, ResponseBody } from '../response-body.js';
import {
  connectionErrorToUpstreamError,
  protocolSwitchError,
  SWITCHING_PROTOCOLS,
} from './connection-error.js';
import { toResponse, type TransportResponse } from './transport-response.js';
import type { RequestSender, UpstreamConnection } from './upstream-connection.js';

interface Caller {
  readonly cancellation: Cancellation;
  readonly share: AnswerShare | undefined;
}

interface Settlement {
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (reason: unknown) => void;
}

/** One request and its answer: handles the events of undici's pool. */
export class HttpExchange implements RequestSender {
  connection: UpstreamConnection | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #body: ResponseBody | undefined;
  #input: BodyInput | undefined;
  #isRepeated = false;

  constructor(
    private readonly request: Dispatcher.DispatchOptions,
    private readonly caller: Caller,
    private readonly settlement: Settlement,
  ) {
    caller.cancellation.onCancel(this.#cancel);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.connection?.watch.startRequest();
    if (this.caller.cancellation.reason !== undefined) this.#cancel(this.caller.cancellation.reason);
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
    this.caller.cancellation.offCancel(this.#cancel);
    this.#input?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    const stale = this.#staleConnection();
    if (stale !== undefined) return this.#repeatOver(stale);
    this.caller.cancellation.offCancel(this.#cancel);
    const reason = this.caller.cancellation.reason ?? connectionErrorToUpstreamError(error, this.#isSent);
    this.settlement.reject(reason);
    this.#input?.fail(reason);
  }

  get #isSent(): boolean {
    return this.#controller !== undefined;
  }

  /** → the connection, if the server closed it as idle just when the request was sent. Then the request can be repeated. */
  #staleConnection(): UpstreamConnection | undefined {
    if (this.#isRepeated || !this.#isSent || this.caller.cancellation.reason !== undefined) return undefined;
    const connection = this.connection;
    if (connection === undefined || connection.closed || connection.destroyed) return undefined;
    return connection.watch.isStale ? connection : undefined;
  }

  /** Other connections of the pool may be stale too. This one is closed, so it is opened again for the request. */
  #repeatOver(connection: UpstreamConnection): void {
    this.#isRepeated = true;
    this.#controller = undefined;
    connection.dispatch(this.request, this);
  }

  /** While the request waits for a connection there is nothing to abort; `onRequestStart` then checks again. */
  readonly #cancel = (reason: Error): void => {
    this.settlement.reject(reason);
    this.#body?.destroy(reason);
    this.#controller?.abort(reason);
  };
}
