import type { IncomingMessage } from 'node:http';
import { hostToName, isLoopback } from '../config/host-name.js';

/** - `cross_site`: a browser sent it for another site's page. - `host`: its host name is not one of this machine's. */
export type WebPageObjection = 'cross_site' | 'host';

/** The host machine's name in containers. */
const ALWAYS_ALLOWED = ['host.docker.internal'];
/** Values of `sec-fetch-site` for pages of this server and for URLs that the user typed; no browser: undefined. */
const OWN_SITES: ReadonlySet<unknown> = new Set([undefined, 'same-origin', 'none']);

/**
 * Protects a port without authentication from web pages: none may call it through the browser of a user who can reach
 * it. Browsers send the origin of the page (`sec-fetch-site`, `origin`); SDKs send neither header. With DNS rebinding, a
 * foreign page seems to belong to this server, but its name is in the `Host` header. The host name is checked on
 * loopback only: behind a wider address the proxy has names that it does not know.
 */
export class WebPageRule {
  private readonly allowedHosts: ReadonlySet<string> | undefined;
  /** Nearly all requests have the same host. */
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

/** Compares without default ports. A page without an origin sends `null`. */
function isOwnOrigin(origin: string, host = ''): boolean {
  const url = URL.parse(origin);
  if (url === null || !/^https?:$/.test(url.protocol) || hostToName(host) === undefined) return false;
  return URL.parse(`${url.protocol}//${host}`)?.host === url.host;
}
