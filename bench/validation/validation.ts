import { conversationBody, imageBody, manyToolsBody } from '../cases/converse-bodies.ts';
import type { Options } from '../options.ts';
import { verdict, type Verdict } from '../report/goals.ts';
import { median } from '../report/statistics.ts';
import { figure, table } from '../report/table.ts';
import { loadProxyParts, type ProxyParts } from './proxy-parts.ts';

interface Measured {
  readonly body: string;
  readonly bytes: number;
  readonly parseMicros: number;
  readonly boundMicros: number;
  readonly validationMicros: number;
}

/** The highest ratio of the validation of a valid body to its JSON.parse. */
const GOAL = 0.7;
const BATCHES = 9;
const MICROS_PER_MS = 1_000;
/** Bodies without a goal, because they have little to check and much to parse. */
const WITHOUT_GOAL = new Set(['5 MB image']);

const BODIES: readonly (readonly [name: string, make: () => Buffer])[] = [
  ['1 message', () => conversationBody(1)],
  ['10 messages', () => conversationBody(11)],
  ['100 messages', () => conversationBody(101)],
  ['1,000 messages', () => conversationBody(999)],
  ['50 tools', manyToolsBody],
  ['5 MB image', imageBody],
];

/** The cost of each step that checks a valid body, one at a time, in this process. */
export async function benchValidation({ proxyEntry, effort }: Options): Promise<Verdict[]> {
  const parts = await loadProxyParts(proxyEntry);
  const rows = BODIES.map(([name, make]) => measureBody(name, make(), parts, effort.microMs));
  console.log('\n## validation: µs of a valid body\n');
  console.log(
    table(rows, [
      { heading: 'body', text: (row) => row.body },
      { heading: 'bytes', text: (row) => figure(row.bytes) },
      { heading: 'JSON.parse', text: (row) => figure(row.parseMicros) },
      { heading: 'validation', text: (row) => figure(row.validationMicros) },
      { heading: '× JSON.parse', text: (row) => figure(row.validationMicros / row.parseMicros) },
      { heading: 'depth and width', text: (row) => figure(row.boundMicros) },
      { heading: '× JSON.parse', text: (row) => figure(row.boundMicros / row.parseMicros) },
    ]),
  );
  return rows
    .filter(({ body }) => !WITHOUT_GOAL.has(body))
    .map(({ body, validationMicros, parseMicros }) => {
      const goal = { figure: `validation, ${body}`, limit: GOAL, unit: '× JSON.parse' };
      return verdict(goal, validationMicros / parseMicros);
    });
}

function measureBody(name: string, bytes: Buffer, parts: ProxyParts, budgetMs: number): Measured {
  const json = bytes.toString();
  const parsed: unknown = JSON.parse(json);
  return {
    body: name,
    bytes: bytes.length,
    parseMicros: microsOf(() => JSON.parse(json), budgetMs),
    boundMicros: microsOf(() => parts.bound(bytes, parsed), budgetMs),
    validationMicros: microsOf(() => parts.validate(parsed), budgetMs),
  };
}

/** The time of one call: the median of batches, after a warm-up of the same length. */
function microsOf(run: () => unknown, budgetMs: number): number {
  const perBatch = Math.max(1, Math.round(callsWithin(run, budgetMs) / BATCHES));
  return median(Array.from({ length: BATCHES }, () => batchMicros(run, perBatch)));
}

function callsWithin(run: () => unknown, budgetMs: number): number {
  const deadline = performance.now() + budgetMs;
  let calls = 0;
  do {
    run();
    calls += 1;
  } while (performance.now() < deadline);
  return calls;
}

function batchMicros(run: () => unknown, calls: number): number {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call += 1) run();
  return ((performance.now() - startedAt) * MICROS_PER_MS) / calls;
}
