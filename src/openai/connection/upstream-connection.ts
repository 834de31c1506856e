import { type buildConnector, Client, type Dispatcher } from 'undici';
import { ConnectionWatch } from './connection-watch.js';

/** Whoever sends a request over a connection that the pool chooses. */
export interface RequestSender extends Dispatcher.DispatchHandler {
  connection: UpstreamConnection | undefined;
}

/** One connection of a pool, opened again after it is closed. It tells senders that it is theirs. */
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
