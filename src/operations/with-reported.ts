import type { PreparedRequest } from './prepared-request.js';

/** A request for one target, which also reports what the native format could not carry. */
export function withReported<Params>(
  { params, ignored }: PreparedRequest<Params>,
  reported: readonly string[],
): PreparedRequest<Params> {
  return { params, ignored: [...reported, ...ignored] };
}
