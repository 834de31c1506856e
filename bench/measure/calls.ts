import { BURST_CHUNKS } from '../cases/answers.ts';
import type { CallCase } from '../cases/cases.ts';
import type { Post } from '../load/exchange.ts';
import { pace } from '../load/pace.ts';
import { saturate, saturateWithStreams, type Saturation } from '../load/saturate.ts';
import type { Effort } from '../options.ts';
import type { Target } from '../processes/targets.ts';
import { isStream, originOf } from './posts.ts';
import type { Sample } from './sample.ts';

const MICROS_PER_SECOND = 1_000_000;
/** Slices of the warm-up: each tells how many calls fit into the next. */
const BATCH_SECONDS = 0.2;
const KB_PER_MB = 1_024;

/** One case at one target: warmed up once, then measured round after round. */
export class CallMeasurement {
  readonly target: Target;
  readonly #callCase: CallCase;
  readonly #post: Post;
  readonly #effort: Effort;
  #callsPerSecond = 0;

  constructor(target: Target, callCase: CallCase, post: Post, effort: Effort) {
    this.target = target;
    this.#callCase = callCase;
    this.#post = post;
    this.#effort = effort;
  }

  /** Warms up: code gets compiled, pools grow, and the number of calls for a measurement becomes known. */
  async warmUp(forSeconds = this.#effort.warmUpSeconds): Promise<void> {
    const deadline = performance.now() + forSeconds * 1_000;
    do {
      const { calls, seconds } = await this.#saturate(this.#callsWithin(BATCH_SECONDS));
      this.#callsPerSecond = calls / seconds;
    } while (performance.now() < deadline);
  }

  async measure(): Promise<Sample> {
    const { rate } = this.#callCase;
    return { ...(await this.#atSaturation()), ...(rate > 0 && (await this.#atFixedRate(rate))) };
  }

  /** Saturates the target for the time of the effort, in slices that adapt to its growing speed. */
  async measureMemory(): Promise<Sample> {
    await this.warmUp(this.#effort.memorySeconds);
    const after = await this.target.counters?.();
    return after === undefined ? {} : { rssMB: after.rssKB / KB_PER_MB };
  }

  async #atSaturation(): Promise<Sample> {
    const calls = this.#callsWithin(this.#effort.seconds);
    const before = await this.target.counters?.();
    const { seconds, latencies } = await this.#saturate(calls);
    const after = await this.target.counters?.();
    const units = isStream(this.#callCase) ? calls * BURST_CHUNKS : calls;
    const perSecond = units / seconds;
    const told = {
      perSecond,
      ...(latencies && {
        saturatedP50Micros: latencies.getValueAtPercentile(50),
        saturatedP99Micros: latencies.getValueAtPercentile(99),
      }),
    };
    if (!before || !after) return told;
    const cpuMicros = after.cpuMicros - before.cpuMicros;
    return {
      ...told,
      cpuMicros: cpuMicros / units,
      busyPercent: (cpuMicros / (seconds * MICROS_PER_SECOND)) * 100,
      rssMB: after.rssKB / KB_PER_MB,
      ...(after.loopDelayMs !== undefined && { loopDelayMs: after.loopDelayMs }),
    };
  }

  async #atFixedRate(rate: number): Promise<Sample> {
    const calls = Math.ceil(rate * this.#effort.pacedSeconds);
    const before = await this.target.counters?.();
    const histogram = await pace(originOf(this.target), this.#post, calls, rate);
    const after = await this.target.counters?.();
    return {
      p50Micros: histogram.getValueAtPercentile(50),
      p99Micros: histogram.getValueAtPercentile(99),
      ...(before && after && { pacedCpuMicros: (after.cpuMicros - before.cpuMicros) / (calls + 1) }),
    };
  }

  #callsWithin(seconds: number): number {
    return Math.max(this.#callCase.connections * 2, Math.round(this.#callsPerSecond * seconds));
  }

  #saturate(calls: number): Promise<Saturation> {
    const generate = isStream(this.#callCase) ? saturateWithStreams : saturate;
    return generate(originOf(this.target), this.#post, calls, this.#callCase.connections);
  }
}
