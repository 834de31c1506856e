import type { Sample } from '../measure/sample.ts';
import { pairedDifference } from './paired.ts';
import { median } from './statistics.ts';
import { figure, table, type Column } from './table.ts';

/** A variant, and what it had in each round. */
export interface Measured {
  readonly variant: string;
  readonly samples: Sample[];
}

const METRICS = [
  ['cpuMicros', 'CPU µs'],
  ['saturatedP50Micros', 'p50 µs'],
  ['saturatedP99Micros', 'p99 µs'],
  ['p99Micros', 'p99 µs at the fixed rate'],
  ['rssMB', 'RSS MB'],
] as const satisfies (readonly [keyof Sample, string])[];

type Metric = (typeof METRICS)[number][0];

/** Medians of each variant, and their difference to the first in the same rounds, with its 95 % interval. */
export function comparisonText(name: string, measured: readonly Measured[]): string {
  const [first] = measured;
  const columns = METRICS.flatMap(([metric, heading]): Column<Measured>[] =>
    valuesOf(first, metric).length === 0
      ? []
      : [
          { heading, text: (row) => figure(median(valuesOf(row, metric))) },
          { heading: 'difference', text: (row) => (row === first ? '' : differenceText(first, row, metric)) },
        ],
  );
  const variant: Column<Measured> = { heading: 'variant', text: (row) => row.variant };
  return `\n## ${name}, ${first?.samples.length} rounds\n\n${table(measured, [variant, ...columns])}`;
}

function differenceText(first: Measured | undefined, row: Measured, metric: Metric): string {
  const { percent, low, high } = pairedDifference(valuesOf(first, metric), valuesOf(row, metric));
  return `${signed(percent)} % [${signed(low)}, ${signed(high)}]`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

function valuesOf(row: Measured | undefined, metric: Metric): number[] {
  return (row?.samples ?? []).flatMap((sample) => sample[metric] ?? []);
}
