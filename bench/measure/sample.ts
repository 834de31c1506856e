/** The results of one measurement of one target; unavailable ones are absent. */
export interface Sample {
  /** Processor time of the target per call, or per chunk of a stream, at saturation or at the pace of the case, in µs. */
  readonly cpuMicros?: number;
  /** Calls, or chunks, a second. */
  readonly perSecond?: number;
  /** The share of one core that the target used, in percent. Below 90 the load generator was the bottleneck. */
  readonly busyPercent?: number;
  /** The longest delay of the event loop. */
  readonly loopDelayMs?: number;
  readonly rssMB?: number;
  /** Latency of a call at saturation, in µs. */
  readonly saturatedP50Micros?: number;
  readonly saturatedP99Micros?: number;
  /** Latency of a call at the fixed rate, in µs. */
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
  /** One sample per round. */
  readonly samples: readonly Sample[];
}
