import type { InferenceDefaults, Upstream } from '../config/configuration.js';
import type { Dialect } from './dialect.js';

/** Where one call goes, what the server there can take, and what the call means there when it says nothing. */
export interface UpstreamTarget {
  readonly upstream: Upstream;
  /** The model name that is sent. */
  readonly model: string;
  readonly dialect: Dialect;
  readonly defaults: InferenceDefaults;
  /** Members of the request that are sent where it does not set them. */
  readonly extraBody: Readonly<Record<string, unknown>>;
}
