import type { JsonBytes } from '../../streaming/json-bytes.js';

/** Finite numbers, and their JSON, which is copied into answers. */
export interface Vector extends JsonBytes {
  readonly values: readonly number[];
}
