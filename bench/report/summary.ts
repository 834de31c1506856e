import type { Row, Sample } from '../measure/sample.ts';
import { DIRECT, LIMIT } from '../processes/targets.ts';
import { median, spreadPercent } from './statistics.ts';

/** A row's medians over the rounds. Ratios and differences are taken within a round, and then their median. */
export interface Summary extends Sample {
  readonly case: string;
  readonly target: string;
  /** Of cpuMicros over the rounds. */
  readonly cpuSpreadPercent?: number;
  /** cpuMicros against the bare pass-through's. */
  readonly cpuRatio?: number;
  /** On top of a call without any hop. */
  readonly addedP50Micros?: number;
  readonly addedP99Micros?: number;
  /** addedP50Micros against the bare pass-through's. */
  readonly addedP50Ratio?: number;
  /** The whole p99 against the bare pass-through's, at saturation and at the fixed rate. */
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
  const [direct, limit] = [of(DIRECT), of(LIMIT)];
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
