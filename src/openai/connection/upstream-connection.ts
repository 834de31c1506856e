import { type buildConnector, Client, type Dispatcher } from 'undici';
import { ConnectionWatch } from './connection-watch.js';

/** A request that learns which connection of the pool sends it. */
export interface RequestSender extends Dispatcher.DispatchHandler {
  connection: UpstreamConnection | undefined;
}

/** One connection of a pool, which is opened again after it was closed. It sets `connection` of the requests that it sends. */
export class UpstreamConnection extends Client {
  constructor(
    origin: URL,
    options: Client.Options,
    connect: buildConnector.connector,
    readonly watch = new ConnectionWatch(),
  ) {
    super(origin, { ...options, connect: watch.over(connect) });
  }

  override dispatch(options: Dispatcher.DispatchOptions, sender: RequestSender): boolean {
    sender.connection = this;
    return super.dispatch(options, sender);
  }
}
