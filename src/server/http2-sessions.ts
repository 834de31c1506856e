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
    // without a frame for so long; streams that wait for their answers are finished
    session.setTimeout(this.limits.keepAliveMs, () => session.close());
    this.boundControlFrames(session);
  }

  /** Node answers each of these frames, however many come. */
  private boundControlFrames(session: ServerHttp2Session): void {
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
