import { setTimeout } from 'node:timers/promises';
import type { Bench } from '../measure/bench.ts';
import type { Effort, Options } from '../options.ts';
import { startProxy, type Target } from '../processes/targets.ts';
import { verdict, type Verdict } from '../report/goals.ts';
import { figure, table } from '../report/table.ts';
import { HOSTILE_BODIES, type HostileBody } from './hostile-bodies.ts';

interface Measured {
  readonly body: string;
  readonly megabytes: number;
  readonly status: number;
  readonly parseMs: number | undefined;
  /** The longest delay of the proxy's event loop. */
  readonly heldMs: number;
  readonly allowedMs: number;
}

const ALLOWED_PARSES = 3;
const ALLOWED_MS = 20;
const LOOP_RESOLUTION_MS = 1;
/** Time in which the monitor of the event loop notices a delay. */
const SETTLE_MS = 10;
const BYTES_PER_MB = 1_000_000;

/**
 * Sends hostile bodies one by one to the running proxy, and measures the delay of its event loop. The shortest
 * of several rounds counts, because other programs on the machine can only add to it.
 */
export async function benchHostileBodies({ effort }: Options, bench: Bench): Promise<Verdict[]> {
  await bench.upstream.ask('say', 'text');
  await using proxy = await startProxy(bench.setting);
  await proxy.program?.ask('setLoopResolution', LOOP_RESOLUTION_MS);
  const rows: Measured[] = [];
  for (const body of HOSTILE_BODIES) rows.push(await measureBody(proxy, body, effort));
  console.log(`\n## hostile: how long a body holds the event loop, ms\n\n${hostileTable(rows)}`);
  const worst = rows.toSorted((a, b) => b.heldMs / b.allowedMs - a.heldMs / a.allowedMs)[0];
  if (!worst) return [];
  const figureName = `hostile bodies, the worst: ${worst.body}`;
  const goal = { figure: figureName, limit: 1, unit: `× (${ALLOWED_PARSES} JSON.parse or ${ALLOWED_MS} ms)` };
  return [verdict(goal, worst.heldMs / worst.allowedMs)];
}

async function measureBody(
  proxy: Target,
  { name, make, unparsed }: HostileBody,
  effort: Effort,
): Promise<Measured> {
  const { hostileRounds: rounds, hostileBytes } = effort;
  const body = make(hostileBytes);
  const parseMs = unparsed ? undefined : parseMsOf(body, rounds);
  const held: number[] = [];
  let status = 0;
  for (let round = 0; round < rounds; round += 1) {
    await proxy.counters?.();
    status = await post(proxy, body);
    await setTimeout(SETTLE_MS);
    held.push((await proxy.counters?.())?.loopDelayMs ?? NaN);
  }
  const allowedMs = Math.max(ALLOWED_MS, ALLOWED_PARSES * (parseMs ?? 0));
  return {
    body: name,
    megabytes: body.length / BYTES_PER_MB,
    status,
    parseMs,
    heldMs: Math.min(...held),
    allowedMs,
  };
}

async function post({ url }: Target, body: Buffer): Promise<number> {
  const response = await fetch(`${url}/model/bench/converse`, { method: 'POST', body: new Uint8Array(body) });
  await response.arrayBuffer();
  return response.status;
}

function parseMsOf(body: Buffer, rounds: number): number {
  const json = body.toString();
  const times = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    tryToParse(json);
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}

function tryToParse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function hostileTable(rows: readonly Measured[]): string {
  return table(rows, [
    { heading: 'body', text: (row) => row.body },
    { heading: 'MB', text: (row) => figure(row.megabytes) },
    { heading: 'status', text: (row) => String(row.status) },
    { heading: 'JSON.parse', text: (row) => figure(row.parseMs) },
    { heading: 'held', text: (row) => figure(row.heldMs) },
    { heading: 'allowed', text: (row) => figure(row.allowedMs) },
    { heading: '', text: (row) => (row.heldMs <= row.allowedMs ? 'met' : 'NOT MET') },
  ]);
}
