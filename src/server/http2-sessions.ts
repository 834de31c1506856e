import { constants, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { ConnectionLimits } from './connection-limits.js';

const SECOND_MS = 1_000;

/** The open HTTP/2 sessions of a server, which Node itself does not list. */
export class Http2Sessions {
  private readonly open = new Set<ServerHttp2Session>();

  constructor(
    server: Http2Server,
    private readonly limits: ConnectionLimits,
  ) {
    server.on('session', (session) => this.track(session));
    // without a listener, an error would end the process
    server.on('sessionError', () => undefined);
  }

  /** Sends GOAWAY: open streams are finished, new ones are refused. */
  goAway(): void {
    for (const session of this.open) session.close();
  }

  destroy(): void {
    for (const session of this.open) session.destroy();
  }

  private track(session: ServerHttp2Session): void {
    this.open.add(session);
    session.once('close', () => {
      this.open.delete(session);
      clearIdleTimer(session);
    });
    // no frame for this time; open streams are still finished
    session.setTimeout(this.limits.keepAliveMs, () => session.close());
    this.limitControlFrames(session);
  }

  /** Node answers each of these frames without a limit of its own. */
  private limitControlFrames(session: ServerHttp2Session): void {
    let second = 0;
    let frames = 0;
    const count = (): void => {
      const now = Math.floor(performance.now() / SECOND_MS);
      frames = now === second ? frames + 1 : 1;
      second = now;
      if (frames > this.limits.maxControlFramesPerSecond) {
        session.destroy(new Error('too many control frames'), constants.NGHTTP2_ENHANCE_YOUR_CALM);
      }
    };
    session.on('ping', count).on('remoteSettings', count);
  }
}

/**
 * Node does not clear the timer of a session that it destroys. Until the time has passed, the timer would keep the session
 * and all that the session refers to. `setTimeout(0)` does nothing after the destruction.
 */
function clearIdleTimer(session: ServerHttp2Session): void {
  for (const key of Object.getOwnPropertySymbols(session)) {
    // the symbol is Node's own, and only its description is known
    if (key.description === 'timeout') clearTimeout(Reflect.get(session, key) as NodeJS.Timeout);
  }
}
