import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBoundedJson } from '../../streaming/bounded-json.js';

const MAX_BODY_BYTES = 1024 * 1024;

/** For every answer of the inspector: nothing from elsewhere, no inline script, nothing kept, no frame around it. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** The JSON object of a request; undefined when it is something else, or longer than 1 MB. */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const value = await readBoundedJson(request, MAX_BODY_BYTES);
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
