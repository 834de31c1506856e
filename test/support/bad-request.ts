import type { Environment } from '../../src/config/environment.js';

const CONVERSE = '/model/test.model-v1:0/converse';

/** A request that is refused without a call to the upstream. */
export interface BadRequest {
  readonly name: string;
  readonly environment: Partial<Record<keyof Environment, string>>;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
  readonly chunked: boolean;
  readonly status: number;
  readonly errorType: string;
  /** The whole message, or a pattern that it matches. */
  readonly message: string | RegExp;
}

/** A refused body. The exception is ValidationException unless the row names another. */
export function badRequest(
  name: string,
  body: unknown,
  message: string | RegExp,
  more: Partial<BadRequest> = {},
): BadRequest {
  return {
    name,
    environment: {},
    method: 'POST',
    path: CONVERSE,
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    chunked: false,
    status: 400,
    errorType: 'ValidationException',
    message,
    ...more,
  };
}

/** A request of one user message with this content. */
export function asking(...content: unknown[]): Record<string, unknown> {
  return { messages: [{ role: 'user', content }] };
}

/** A valid request with other members. */
export function goodWith(members: Record<string, unknown>): Record<string, unknown> {
  return { ...asking({ text: 'Hello.' }), ...members };
}

/** A message that names this JSON path, and not a longer one. */
export function speaksOf(path: string): RegExp {
  return new RegExp(`(?<![\\w.])${path.replaceAll('.', '\\.')}(?![\\w]|\\.\\w)`);
}
