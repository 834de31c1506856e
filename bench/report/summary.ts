import type { Row, Sample } from '../measure/sample.ts';
import { DIRECT, LIMIT, PARSING } from '../processes/targets.ts';
import { median, spreadPercent } from './statistics.ts';

/** A row's medians over the rounds. Ratios and differences are taken within a round, and then their median. */
export interface Summary extends Sample {
  readonly case: string;
  readonly target: string;
  /** Spread of cpuMicros over the rounds. */
  readonly cpuSpreadPercent?: number;
  /** Ratio of cpuMicros to that of the pass-through. */
  readonly cpuRatio?: number;
  /** Ratio of cpuMicros to that of the pass-through that parses every answer, where there is one. */
  readonly parsedCpuRatio?: number;
  /** Latency in addition to a call without a hop. */
  readonly addedP50Micros?: number;
  readonly addedP99Micros?: number;
  /** Ratio of addedP50Micros to that of the pass-through. */
  readonly addedP50Ratio?: number;
  /** Ratio of the complete p99 to that of the pass-through, at saturation and at the fixed rate. */
  readonly saturatedP99Ratio?: number;
  readonly p99Ratio?: number;
}

type Metric = keyof Sample;
type PerRound = (round: number) => number | undefined;

const METRICS = [
  'cpuMicros',
  'perSecond',
  'busyPercent',
  'loopDelayMs',
  'rssMB',
  'saturatedP50Micros',
  'saturatedP99Micros',
  'pacedCpuMicros',
  'rssKBPerStream',
  'usedKBPerStream',
] as const satisfies Metric[];

export function summarize(row: Row, rows: readonly Row[]): Summary {
  const of = (target: string): readonly Sample[] =>
    rows.find((other) => other.case === row.case && other.target === target)?.samples ?? [];
  const [direct, limit, parsing] = [of(DIRECT), of(LIMIT), of(PARSING)];
  const overRounds = (value: PerRound): number | undefined =>
    medianOf(row.samples.map((_, round) => value(round)));
  const added = (samples: readonly Sample[], metric: 'p50Micros' | 'p99Micros'): PerRound => {
    return (round) => minus(samples[round]?.[metric], direct[round]?.[metric]);
  };
  const ratio = (metric: Metric): PerRound => {
    return (round) => over(row.samples[round]?.[metric], limit[round]?.[metric]);
  };
  const cpu = row.samples.map(({ cpuMicros }) => cpuMicros).filter((value) => value !== undefined);
  const summary = {
    ...Object.fromEntries(
      METRICS.map((metric) => [metric, overRounds((round) => row.samples[round]?.[metric])]),
    ),
    cpuSpreadPercent: cpu.length > 0 ? spreadPercent(cpu) : undefined,
    cpuRatio: overRounds(ratio('cpuMicros')),
    parsedCpuRatio: overRounds((round) => over(row.samples[round]?.cpuMicros, parsing[round]?.cpuMicros)),
    saturatedP99Ratio: overRounds(ratio('saturatedP99Micros')),
    p99Ratio: overRounds(ratio('p99Micros')),
    addedP50Micros: overRounds(added(row.samples, 'p50Micros')),
    addedP99Micros: overRounds(added(row.samples, 'p99Micros')),
    addedP50Ratio: overRounds((round) =>
      over(added(row.samples, 'p50Micros')(round), added(limit, 'p50Micros')(round)),
    ),
  };
  const found = Object.entries(summary).filter(([, value]) => value !== undefined);
  return { case: row.case, target: row.target, ...Object.fromEntries(found) };
}

function medianOf(values: readonly (number | undefined)[]): number | undefined {
  const found = values.filter((value) => value !== undefined);
  return found.length === 0 ? undefined : median(found);
}

function minus(value: number | undefined, other: number | undefined): number | undefined {
  return value === undefined || other === undefined ? undefined : value - other;
}

function over(value: number | undefined, other: number | undefined): number | undefined {
  return value === undefined || other === undefined ? undefined : value / other;
}
