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
  {
    figure: '96 embeddings: CPU',
    case: 'embeddings',
    metric: 'parsedCpuRatio',
    limit: 1.3,
    unit: `× (${LIMIT} + JSON.parse)`,
  },
  { figure: 'single chunks: CPU', case: 'each', metric: 'cpuRatio', limit: 1.25, unit: TIMES },
  { figure: 'paced chunks: CPU', case: 'paced', metric: 'cpuRatio', limit: 1.25, unit: TIMES },
  { figure: 'bursts of chunks: CPU', case: 'burst', metric: 'cpuRatio', limit: 10, next: 5, unit: TIMES },
  { figure: 'an idle open stream: RSS', case: 'idle', metric: 'rssKBPerStream', limit: 40, unit: 'kB' },
  { figure: 'an idle open stream: in use', case: 'idle', metric: 'usedKBPerStream', limit: 40, unit: 'kB' },
  { figure: 'S: added p50', case: 'S', metric: 'addedP50Ratio', limit: 2, unit: TIMES },
  { figure: 'M: added p50', case: 'M', metric: 'addedP50Ratio', limit: 2, unit: TIMES },
];

/** What another form of a call may cost, compared with the call in the form of Converse. */
interface RelativeGoal {
  readonly figure: string;
  readonly case: string;
  readonly comparedWith: string;
  readonly limit: number;
}

const RELATIVE_GOALS: readonly RelativeGoal[] = [
  { figure: 'Anthropic M: CPU', case: 'anthropic-M', comparedWith: 'M', limit: 1.25 },
  { figure: 'Anthropic single chunks: CPU', case: 'anthropic-each', comparedWith: 'each', limit: 1.5 },
  { figure: 'Anthropic bursts of chunks: CPU', case: 'anthropic-burst', comparedWith: 'burst', limit: 1.5 },
];

export function verdicts(summaries: readonly Summary[]): Verdict[] {
  const ofProxy = (name: string) => summaries.find((row) => row.case === name && row.target === PROXY);
  const absolute = GOALS.flatMap((goal) => {
    const measured = ofProxy(goal.case)?.[goal.metric];
    return typeof measured === 'number' ? [verdict(goal, measured)] : [];
  });
  const relative = RELATIVE_GOALS.flatMap(({ figure, case: name, comparedWith, limit }) => {
    const [own, other] = [ofProxy(name)?.cpuMicros, ofProxy(comparedWith)?.cpuMicros];
    if (own === undefined || other === undefined) return [];
    return [verdict({ figure, limit, unit: `× ${comparedWith}` }, own / other)];
  });
  return [...absolute, ...relative];
}

export function verdict(goal: Pick<Goal, 'figure' | 'limit' | 'unit' | 'next'>, measured: number): Verdict {
  const { figure, limit, unit, next } = goal;
  return { figure, limit, unit, ...(next !== undefined && { next }), measured, met: measured <= limit };
}
