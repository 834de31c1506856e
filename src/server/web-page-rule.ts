import type { IncomingMessage } from 'node:http';
import { hostToName, isLoopback } from '../config/host-name.js';

/** - `cross_site`: a browser sent it for a page of somebody else's. - `host`: by a name that is none of this machine's. */
export type WebPageObjection = 'cross_site' | 'host';

/** What containers call the machine that they run on. */
const ALWAYS_ALLOWED = ['host.docker.internal'];
/** The browser's own word for a page of this server, and for what the user typed. */
const OWN_SITES: ReadonlySet<unknown> = new Set([undefined, 'same-origin', 'none']);

/**
 * What a port that asks nobody who they are must ask all the same: that no web page uses it through the browser of
 * somebody who reaches it. Browsers tell whose page asks (`sec-fetch-site`, `origin`), and no SDK sends either header. A
 * page whose own name its DNS points at this machine seems to be of this server; but then that name is in the `Host`,
 * which matters on loopback, where nobody else calls. Behind a wider address the proxy has many names.
 */
export class WebPageRule {
  private readonly allowedHosts: ReadonlySet<string> | undefined;
  /** Nearly all requests say the same. */
  private lastAllowed: string | undefined;

  /**
   * @param listenHost the address that the port is bound to
   * @param allowedHosts further names of this machine, without port
   */
  constructor(listenHost: string, allowedHosts: readonly string[]) {
    if (isLoopback(listenHost)) this.allowedHosts = new Set([...ALWAYS_ALLOWED, ...allowedHosts]);
  }

  objectionTo({ headers }: IncomingMessage): WebPageObjection | undefined {
    const host = headers[':authority']?.toString() ?? headers.host;
    if (!OWN_SITES.has(headers['sec-fetch-site'])) return 'cross_site';
    if (headers.origin !== undefined && !isOwnOrigin(headers.origin, host)) return 'cross_site';
    return host === undefined || this.allows(host) ? undefined : 'host';
  }

  private allows(host: string): boolean {
    if (this.allowedHosts === undefined || host === this.lastAllowed) return true;
    const name = hostToName(host);
    if (name === undefined || !(this.allowedHosts.has(name) || isLoopback(name))) return false;
    this.lastAllowed = host;
    return true;
  }
}

/** A default port may be told or not. `null` is the origin of a page that has none. */
function isOwnOrigin(origin: string, host = ''): boolean {
  const url = URL.parse(origin);
  if (url === null || !/^https?:$/.test(url.protocol) || hostToName(host) === undefined) return false;
  return URL.parse(`${url.protocol}//${host}`)?.host === url.host;
}
