import { LIMIT, PROXY } from '../processes/targets.ts';
import type { Summary } from './summary.ts';

/**
 * The goals of the proxy. They are printed beside the measurements and never asserted, because machines differ.
 */
export interface Goal {
  readonly figure: string;
  readonly case: string;
  readonly metric: keyof Summary;
  /** The highest value that meets the goal. */
  readonly limit: number;
  readonly unit: string;
  /** A goal for later. */
  readonly next?: number;
}

export interface Verdict {
  readonly figure: string;
  readonly limit: number;
  readonly unit: string;
  readonly next?: number;
  readonly measured: number;
  readonly met: boolean;
}

const TIMES = `× ${LIMIT}`;

/** Measured with the access log and the metrics on, as users run it. */
const GOALS: readonly Goal[] = [
  { figure: 'S: CPU', case: 'S', metric: 'cpuRatio', limit: 2.8, next: 2, unit: TIMES },
  { figure: 'M: CPU', case: 'M', metric: 'cpuRatio', limit: 4.5, unit: TIMES },
  { figure: 'S: p99 at saturation', case: 'S', metric: 'saturatedP99Ratio', limit: 2, unit: TIMES },
  { figure: 'M: p99 at saturation', case: 'M', metric: 'saturatedP99Ratio', limit: 2, unit: TIMES },
  { figure: 'S: p99 at 500 calls a second', case: 'S', metric: 'p99Ratio', limit: 1.5, unit: TIMES },
  { figure: 'M: p99 at 500 calls a second', case: 'M', metric: 'p99Ratio', limit: 1.5, unit: TIMES },
  { figure: 'S: RSS after a minute at saturation', case: 'memory', metric: 'rssMB', limit: 180, unit: 'MB' },
  { figure: 'image of 5 MB: CPU', case: 'image', metric: 'cpuRatio', limit: 4, next: 2, unit: TIMES },
  { figure: 'single chunks: CPU', case: 'each', metric: 'cpuRatio', limit: 1.25, unit: TIMES },
  { figure: 'paced chunks: CPU', case: 'paced', metric: 'cpuRatio', limit: 1.25, unit: TIMES },
  { figure: 'bursts of chunks: CPU', case: 'burst', metric: 'cpuRatio', limit: 10, next: 5, unit: TIMES },
  { figure: 'an idle open stream: RSS', case: 'idle', metric: 'rssKBPerStream', limit: 40, unit: 'kB' },
  { figure: 'an idle open stream: in use', case: 'idle', metric: 'usedKBPerStream', limit: 40, unit: 'kB' },
  { figure: 'S: added p50', case: 'S', metric: 'addedP50Ratio', limit: 2, unit: TIMES },
  { figure: 'M: added p50', case: 'M', metric: 'addedP50Ratio', limit: 2, unit: TIMES },
];

export function verdicts(summaries: readonly Summary[]): Verdict[] {
  return GOALS.flatMap((goal) => {
    const summary = summaries.find((row) => row.case === goal.case && row.target === PROXY);
    const measured = summary?.[goal.metric];
    return typeof measured === 'number' ? [verdict(goal, measured)] : [];
  });
}

export function verdict(goal: Pick<Goal, 'figure' | 'limit' | 'unit' | 'next'>, measured: number): Verdict {
  const { figure, limit, unit, next } = goal;
  return { figure, limit, unit, ...(next !== undefined && { next }), measured, met: measured <= limit };
}
