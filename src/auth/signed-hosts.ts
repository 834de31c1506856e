import type { Configuration } from '../config/configuration.js';
import type { SignedMessage } from './signed-message.js';

/**
 * The host names, with ports, that the client may have signed: the received one, those of the configuration, and the
 * forwarded one of a trusted proxy. Each still needs a valid signature, so a wrong name grants no access.
 */
export function signedHosts(message: SignedMessage, configuration: Configuration): string[] {
  const received = message.header(':authority') ?? message.header('host') ?? '';
  const forwarded = configuration.trustForwardedHost ? forwardedHosts(message) : [];
  return [...new Set([received, ...configuration.externalHosts, ...forwarded])];
}

/** Some proxies send the port in a header of its own. In a list, the first entry is the client's. */
function forwardedHosts(message: SignedMessage): string[] {
  const host = firstOf(message.first('x-forwarded-host'));
  const port = firstOf(message.first('x-forwarded-port'));
  if (host === undefined) return [];
  return port === undefined ? [host] : [host, `${host}:${port}`];
}

function firstOf(list: string | undefined): string | undefined {
  const first = list?.split(',', 1)[0]?.trim();
  return first === '' ? undefined : first;
}
