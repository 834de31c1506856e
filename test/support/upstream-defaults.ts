import type { UpstreamDefaults } from '../../src/config/settings.js';

/** What a configuration file leaves unsaid, for tests that call no upstream. */
export const UPSTREAM_DEFAULTS: UpstreamDefaults = {
  maxRetries: 0,
  connectTimeoutMs: 1,
  timeoutMs: 1,
  firstEventTimeoutMs: 1,
  idleTimeoutMs: 1,
  toolCallStreaming: 'live',
  countTokens: 'auto',
  mediaUrls: 'auto',
};
