import type { Upstream } from '../../src/config/configuration.js';
import type { DialectName } from '../../src/config/dialect-names.js';
import type { Dialect } from '../../src/openai/dialect.js';
import { DIALECTS } from '../../src/openai/dialects.js';
import type { UpstreamTarget } from '../../src/openai/upstream-target.js';

/** Longer than any test, so that nothing times out unless a test sets it. */
const NEVER_MS = 600_000;

export function upstreamOf(changes: Partial<Upstream> = {}): Upstream {
  return {
    name: 'main',
    baseUrl: 'http://127.0.0.1:1/v1',
    dialect: 'generic',
    maxRetries: 0,
    connectTimeoutMs: NEVER_MS,
    timeoutMs: NEVER_MS,
    firstEventTimeoutMs: NEVER_MS,
    idleTimeoutMs: NEVER_MS,
    toolCallStreaming: 'live',
    countTokens: 'auto',
    mediaUrls: 'auto',
    limits: {},
    ...changes,
  };
}

/** A target with this upstream. */
export function targetOf(
  dialect: DialectName | Dialect = 'generic',
  changes: Partial<UpstreamTarget> = {},
): UpstreamTarget {
  return {
    upstream: upstreamOf(),
    model: 'a-model',
    dialect: typeof dialect === 'string' ? DIALECTS[dialect] : dialect,
    defaults: {},
    extraBody: {},
    ...changes,
  };
}
