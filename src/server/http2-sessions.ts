import type { Http2Server, ServerHttp2Session } from 'node:http2';

/** The open HTTP/2 sessions of a server, which Node itself does not list. */
export class Http2Sessions {
  private readonly open = new Set<ServerHttp2Session>();

  constructor(server: Http2Server) {
    server.on('session', (session) => this.track(session));
    // an error that nobody hears would end the process
    server.on('sessionError', () => undefined);
  }

  /** GOAWAY: streams under way are finished, no new ones. */
  goAway(): void {
    for (const session of this.open) session.close();
  }

  destroy(): void {
    for (const session of this.open) session.destroy();
  }

  private track(session: ServerHttp2Session): void {
    this.open.add(session);
    session.once('close', () => this.open.delete(session));
  }
}
