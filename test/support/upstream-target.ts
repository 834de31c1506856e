import type { Upstream } from '../../src/config/configuration.js';
import type { DialectName } from '../../src/config/dialect-names.js';
import { type Dialect, DIALECTS } from '../../src/openai/dialect.js';
import type { UpstreamTarget } from '../../src/openai/upstream-target.js';

export function upstreamOf(changes: Partial<Upstream> = {}): Upstream {
  return {
    name: 'main',
    baseUrl: 'http://127.0.0.1:1/v1',
    dialect: 'generic',
    maxRetries: 0,
    connectTimeoutMs: 1_000,
    timeoutMs: 10_000,
    firstEventTimeoutMs: 10_000,
    idleTimeoutMs: 10_000,
    toolCallStreaming: 'live',
    limits: {},
    ...changes,
  };
}

/** A target of the upstream above. */
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
