/** What one measurement of one target found; what could not be had is absent. */
export interface Sample {
  /** Processor time of the target per call, or per chunk of a stream, at saturation or at the pace of the case, in µs. */
  readonly cpuMicros?: number;
  /** Calls, or chunks, a second. */
  readonly perSecond?: number;
  /** How much of one core the target used meanwhile: below 90, the load generator was the slower of the two. */
  readonly busyPercent?: number;
  /** The longest that the event loop was held. */
  readonly loopDelayMs?: number;
  readonly rssMB?: number;
  /** Of a call at saturation. */
  readonly saturatedP50Micros?: number;
  readonly saturatedP99Micros?: number;
  /** Of a call at the fixed rate. */
  readonly p50Micros?: number;
  readonly p99Micros?: number;
  /** Processor time per call at the fixed rate. */
  readonly pacedCpuMicros?: number;
  /** Memory of the process per open stream. */
  readonly rssKBPerStream?: number;
  readonly usedKBPerStream?: number;
}

export interface Row {
  readonly case: string;
  readonly target: string;
  /** One a round. */
  readonly samples: readonly Sample[];
}
