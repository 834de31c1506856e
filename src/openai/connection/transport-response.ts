import type { ResponseBody } from '../response-body.js';
import type { HeaderLookup } from '../retry-after.js';

export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 1024 * 1024;

/** The part of the `Response` of fetch that the `openai` client and the gateway read. */
export interface TransportResponse {
  readonly url: string;
  readonly status: number;
  readonly ok: boolean;
  readonly headers: HeaderLookup & { entries(): Iterable<[string, string]> };
  readonly body: ResponseBody;
  text(): Promise<string>;
}

export function toResponse(
  url: string,
  status: number,
  headers: NodeJS.Dict<string | string[]>,
  body: ResponseBody,
): TransportResponse {
  const ok = status >= 200 && status < 300;
  return {
    url,
    status,
    ok,
    headers: {
      get: (name) => headers[name]?.toString() ?? null,
      // The client looks here for a request id, only to log it.
      entries: () => [],
    },
    body,
    text: () => (ok ? body.text(MAX_ANSWER_BYTES, 'held') : body.text(MAX_REFUSAL_BYTES, 'released')),
  };
}
