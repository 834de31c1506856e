import type { UpstreamTarget } from '../../../openai/upstream-target.js';
import { invalid, unsupported } from '../refuse.js';

const NOT_LOADED = 'addresses are not loaded here. Send the content as base64.';

/** What servers load, or read where it stands. */
const LOADABLE = /^(?:https?:\/\/|data:)/i;

/**
 * Refuses the address of an image if the target's server is not to load it. A server inside of the operator's network
 * could be led to addresses there, so it gets addresses only if the operator says so; a service on the internet cannot.
 * @throws ValidationException
 */
export function checkImageAddress(path: string, { upstream, dialect }: UpstreamTarget): void {
  const isPassed =
    upstream.mediaUrls === 'auto' ? dialect.imageAddresses === 'service' : upstream.mediaUrls === 'pass';
  if (!isPassed) throw unsupported(path, NOT_LOADED);
}

/**
 * Checks an address in a body of OpenAI's API, which defines such addresses and leaves them to the server. Files of the
 * server are never addresses of clients. Text without a scheme is data.
 * @throws ValidationException
 */
export function checkMediaUrl(url: string, path: string, { upstream }: UpstreamTarget): void {
  if (url.startsWith('data:') || !url.includes(':')) return;
  if (!LOADABLE.test(url)) throw invalid(path, 'it is no http or https address, and no data URI.');
  if (upstream.mediaUrls === 'refuse') throw unsupported(path, NOT_LOADED);
}
