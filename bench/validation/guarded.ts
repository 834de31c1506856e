import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PII_TYPES } from '../../src/config/guardrail.ts';
import type { Bench } from '../measure/bench.ts';
import type { Effort, Options } from '../options.ts';
import { startProxy, type Target } from '../processes/targets.ts';
import { verdict, type Verdict } from '../report/goals.ts';
import { figure, table } from '../report/table.ts';
import { HOSTILE_TEXTS, type HostileText, PATTERNS, WORDS } from './hostile-texts.ts';

interface Measured {
  readonly text: string;
  readonly status: number;
  /** Time of half of the text, and of the whole. */
  readonly halfMs: number;
  readonly wholeMs: number;
  /** The longest turn of the proxy's event loop in CPU time, which other programs on the machine do not add to. */
  readonly heldMs: number;
  /** The longest delay of the event loop by the clock. */
  readonly delayMs: number;
}

const ALLOWED_MS = 50;
/** Twice the text may take twice the time, and what a machine adds. */
const ALLOWED_GROWTH = 3;
const LOOP_RESOLUTION_MS = 1;
/** Time in which the monitor of the event loop notices a delay. */
const SETTLE_MS = 10;

/**
 * Lets guardrails examine hostile texts one by one, and measures their time and the turns of the proxy's event loop. The
 * shortest of several rounds counts, because other programs on the machine, and compilation, can only add to it.
 */
export async function benchHostileTexts({ effort }: Options, bench: Bench): Promise<Verdict[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-guardrails-'));
  try {
    writeFileSync(join(directory, 'words.txt'), WORDS.join('\n'));
    const file = join(directory, 'config.yaml');
    writeFileSync(file, JSON.stringify(configFile(bench.setting.upstreamUrl)));
    await using proxy = await startProxy({ ...bench.setting, variables: { CONFIG_FILE: file } });
    await proxy.program?.ask('setLoopResolution', LOOP_RESOLUTION_MS);
    // the first use of a guardrail compiles it
    await apply(proxy, 'warm');
    const rows: Measured[] = [];
    for (const text of HOSTILE_TEXTS) rows.push(await measureText(proxy, text, effort));
    console.log(
      `\n## guarded: hostile texts of ${figure(effort.hostileCharacters)} characters, ms\n\n${textTable(rows)}`,
    );
    return verdicts(rows);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A guardrail with every policy that needs no server. */
function configFile(upstreamUrl: string): object {
  return {
    upstreams: { bench: { baseUrl: `${upstreamUrl}/v1` } },
    models: [{ match: '*', route: [{ upstream: 'bench' }] }],
    guardrails: [
      {
        id: 'bench',
        blockedInputMessaging: 'No.',
        blockedOutputsMessaging: 'No.',
        wordsFile: 'words.txt',
        regexes: PATTERNS.map((pattern, index) => ({ name: `pattern${index}`, pattern })),
        pii: PII_TYPES.map((type) => ({ type, action: 'ANONYMIZE' })),
        phoneRegion: 'US',
      },
    ],
  };
}

async function measureText(proxy: Target, { name, make }: HostileText, effort: Effort): Promise<Measured> {
  const { hostileRounds: rounds, hostileCharacters: characters } = effort;
  const whole = make(characters);
  const half = make(characters / 2);
  const halves: number[] = [];
  const wholes: number[] = [];
  const held: number[] = [];
  const delays: number[] = [];
  let status = 0;
  for (let round = 0; round < rounds; round += 1) {
    halves.push((await apply(proxy, half)).elapsedMs);
    await proxy.counters?.();
    await proxy.program?.ask('startTurns');
    const answer = await apply(proxy, whole);
    status = answer.status;
    wholes.push(answer.elapsedMs);
    held.push((await proxy.program?.ask<number>('stopTurns')) ?? NaN);
    await setTimeout(SETTLE_MS);
    delays.push((await proxy.counters?.())?.loopDelayMs ?? NaN);
  }
  return {
    text: name,
    status,
    halfMs: Math.min(...halves),
    wholeMs: Math.min(...wholes),
    heldMs: Math.min(...held),
    delayMs: Math.min(...delays),
  };
}

async function apply({ url }: Target, text: string): Promise<{ status: number; elapsedMs: number }> {
  const startedAt = performance.now();
  const response = await fetch(`${url}/guardrail/bench/version/DRAFT/apply`, {
    method: 'POST',
    body: JSON.stringify({ source: 'OUTPUT', content: [{ text: { text } }] }),
  });
  await response.arrayBuffer();
  return { status: response.status, elapsedMs: performance.now() - startedAt };
}

function verdicts(rows: readonly Measured[]): Verdict[] {
  const held = rows.toSorted((one, other) => other.heldMs - one.heldMs)[0];
  const grown = rows.toSorted((one, other) => growth(other) - growth(one))[0];
  if (held === undefined || grown === undefined) return [];
  return [
    verdict(
      { figure: `hostile texts, event loop held: ${held.text}`, limit: ALLOWED_MS, unit: 'ms' },
      held.heldMs,
    ),
    verdict(
      { figure: `hostile texts, twice the text: ${grown.text}`, limit: ALLOWED_GROWTH, unit: '× the time' },
      growth(grown),
    ),
  ];
}

function growth({ halfMs, wholeMs }: Measured): number {
  return wholeMs / halfMs;
}

function textTable(rows: readonly Measured[]): string {
  return table(rows, [
    { heading: 'text', text: (row) => row.text },
    { heading: 'status', text: (row) => String(row.status) },
    { heading: 'half', text: (row) => figure(row.halfMs) },
    { heading: 'whole', text: (row) => figure(row.wholeMs) },
    { heading: '×', text: (row) => figure(growth(row)) },
    { heading: 'held, CPU', text: (row) => figure(row.heldMs) },
    { heading: 'held, clock', text: (row) => figure(row.delayMs) },
    { heading: '', text: (row) => (row.heldMs <= ALLOWED_MS ? 'met' : 'NOT MET') },
  ]);
}
