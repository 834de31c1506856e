/** A line of the log, parsed. */
export type LogRecord = Readonly<Record<string, unknown>>;
