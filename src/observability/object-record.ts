/** What was read from the object store for a request. It holds no bucket and no key. */
export interface ObjectRecord {
  readonly objects: number;
  /** Together. 0 after a failure. */
  readonly bytes: number;
  /** On the clock of `performance`. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** The code of the store, such as `NoSuchKey`, or of the connection, such as `ECONNREFUSED`. Absent: all were read. */
  readonly failure?: string;
}
