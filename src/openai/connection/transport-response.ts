import type { ResponseBody } from '../response-body.js';
import type { HeaderLookup } from '../retry-after.js';

export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 1024 * 1024;

export interface TransportResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: HeaderLookup;
  readonly body: ResponseBody;
  text(): Promise<string>;
}

export function toResponse(
  status: number,
  headers: NodeJS.Dict<string | string[]>,
  body: ResponseBody,
): TransportResponse {
  const ok = status >= 200 && status < 300;
  return {
    status,
    ok,
    headers: { get: (name) => headers[name]?.toString() ?? null },
    body,
    text: () => (ok ? body.text(MAX_ANSWER_BYTES, 'held') : body.text(MAX_REFUSAL_BYTES, 'released')),
  };
}
