import type { Held } from './proxy-process.ts';

export interface Figures {
  readonly streams: number;
  readonly atOnce: number;
  readonly upstreamRequests: number;
  /** The number of streams by ending. */
  readonly endings: ReadonlyMap<string, number>;
  readonly unexpected: readonly string[];
  /** After each wave, when no stream runs. */
  readonly held: readonly Held[];
  readonly openUpstreamSockets: number;
  /** After the last wave. */
  readonly last: Held;
  readonly exitStatus: number | null;
}

/** A leak of a timer or a listener per stream would exceed this; smaller differences are noise. */
const MAX_GROWTH_BYTES = 256;
/** Fewer waves do not show a growth. */
const MIN_WAVES = 12;
const MB = 1024 * 1024;

/** Prints a table; returns false if a result is wrong. */
export function printReport(figures: Figures): boolean {
  const { held, last, endings, unexpected, streams, atOnce } = figures;
  // in the first waves code is compiled and caches are filled
  const steady = held.slice(Math.ceil(held.length / 3));
  const growth = slope(steady.map(({ heapBytes }) => heapBytes)) / atOnce;
  const isMeasured = held.length >= MIN_WAVES;
  const rows: [string, string, boolean][] = [
    ['streams', `${streams} in ${held.length} waves of ${atOnce} at once`, true],
    ['calls of the upstream', String(figures.upstreamRequests), true],
    ['streams that ended wrongly', String(unexpected.length), unexpected.length === 0],
    [
      'growth of the heap',
      `${growth.toFixed(1)} B a stream${isMeasured ? '' : ' (too few waves)'}`,
      !isMeasured || growth < MAX_GROWTH_BYTES,
    ],
    ['heap after each third', thirds(held, ({ heapBytes }) => heapBytes), true],
    ['resident after each third', thirds(held, ({ rssBytes }) => rssBytes), true],
    ['open sockets to the upstream', String(figures.openUpstreamSockets), figures.openUpstreamSockets === 0],
    ['open sockets of the proxy', String(last.sockets), last.sockets === 0],
    ['exit status after SIGTERM', String(figures.exitStatus), figures.exitStatus === 0],
  ];
  for (const [name, value, isGood] of rows) console.log(`${isGood ? ' ' : '✗'} ${name.padEnd(30)} ${value}`);
  console.log('\n  How they ended');
  for (const [ending, count] of [...endings].toSorted(([one], [other]) => one.localeCompare(other)))
    console.log(`  ${String(count).padStart(7)} ${ending}`);
  for (const ending of new Set(unexpected)) console.log(`✗ ${ending}`);
  return rows.every(([, , isGood]) => isGood);
}

/** Of the line that fits best, per step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = values.reduce((sum, value, step) => sum + (step - middle) * (value - mean), 0);
  const variance = values.reduce((sum, _, step) => sum + (step - middle) ** 2, 0);
  return variance === 0 ? 0 : covariance / variance;
}

function thirds(held: readonly Held[], bytesOf: (held: Held) => number): string {
  const at = [1, 2, 3].map((third) => held[Math.ceil((held.length * third) / 3) - 1]);
  return at.map((one) => (one ? `${(bytesOf(one) / MB).toFixed(1)} MB` : '–')).join(', ');
}
