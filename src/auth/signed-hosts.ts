import type { Configuration } from '../config/configuration.js';
import type { SignedMessage } from './signed-message.js';

/**
 * The names, with their ports, that the client may have signed this service as: what arrived, what the
 * configuration says, and what a trusted proxy says. Each still needs a valid signature, so a wrong one lets
 * nobody in.
 */
export function signedHosts(message: SignedMessage, configuration: Configuration): string[] {
  const received = message.header(':authority') ?? message.header('host') ?? '';
  const forwarded = configuration.trustForwardedHost ? forwardedHosts(message) : [];
  return [...new Set([received, ...configuration.externalHosts, ...forwarded])];
}

/** Some proxies tell the port apart. Of a list, the first is what the client said. */
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
