import type { Dialect } from './dialect.js';

/** Where one call goes, and what the server there can take. */
export interface UpstreamTarget {
  /** The upstream's name in settings, logs and metrics. */
  readonly upstream: string;
  /** The model name that is sent. */
  readonly model: string;
  readonly dialect: Dialect;
  readonly toolCallStreaming: 'live' | 'buffered';
}
