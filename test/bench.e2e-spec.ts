import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Build } from './support/build.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
/** Only a hanging run fails, because speed depends on the machine. */
const TIMEOUT_MS = 900_000;

interface Results {
  readonly rows: readonly { readonly case: string; readonly target: string }[];
  readonly goals: readonly { readonly figure: string; readonly measured: number; readonly met: boolean }[];
}

let build: Build;
let home: string;

beforeAll(async () => {
  build = await Build.make();
  home = build.directory;
});

afterAll(() => {
  build[Symbol.dispose]();
});

it(
  'has a row for every case and target, and a verdict on every goal',
  async () => {
    const output = await bench('run.ts', '--smoke');
    const { rows, goals } = results();
    const calls = [
      'S',
      'M',
      'anthropic-M',
      'tool-calls',
      'conversation',
      '50-tools',
      'image',
      'burst',
      'anthropic-burst',
      'embeddings',
    ];
    const streams = ['each', 'anthropic-each', 'paced', 'idle', 'memory'];
    expect(casesOf(rows, 'direct')).toEqual(calls);
    expect(casesOf(rows, 'L1')).toEqual([...calls, ...streams]);
    expect(casesOf(rows, 'proxy')).toEqual([...calls, ...streams]);
    expect(goals).toHaveLength(27);
    expect(goals.every(({ measured }) => Number.isFinite(measured))).toBe(true);
    expect(output).toMatch(/^## hostile.+^\| open brackets.+^## Goals/ms);
  },
  TIMEOUT_MS,
);

it(
  'names the functions in which a case spends its time',
  async () => {
    const output = await bench('profile.ts', 'S', '--smoke');
    expect(output).toMatch(/^# S: .+ µs of CPU each/);
    expect(output.match(/^\| .+ \| +[\d.]+ % \|$/gm)?.length).toBeGreaterThan(10);
  },
  TIMEOUT_MS,
);

it(
  'calls a peer with its own model id and headers, and counts the resources of its process',
  async () => {
    const asked: object[] = [];
    await using peer = createServer((request, response) => {
      asked.push({ url: request.url, key: request.headers['x-key'] });
      request.resume().once('end', () => response.end('{}'));
    });
    await once(peer.listen(0, '127.0.0.1'), 'listening');
    const { port } = peer.address() as AddressInfo; // of a TCP server that listens
    const gateway = `gateway=bedrock:http://127.0.0.1:${port};model=a/b;header=x-key: k;pid=${process.pid}`;
    await bench('run.ts', '--smoke', '--only', 'S', '--peer', gateway);
    expect(asked.length).toBeGreaterThan(1);
    for (const call of asked) expect(call).toEqual({ url: '/model/a%2Fb/converse', key: 'k' });
    const row = results().rows.find(({ target }) => target === 'gateway');
    expect(row).toMatchObject({ cpuMicros: expect.any(Number), rssMB: expect.any(Number) });
  },
  TIMEOUT_MS,
);

it(
  'compares builds and flags in turns, by medians and the interval of their difference',
  async () => {
    const variants = ['shipped', 'default;flag=none'].flatMap((variant) => [
      '--variant',
      `${variant};${OWN_BUILD()}`,
    ]);
    const effort = ['--rounds', '2', '--processes', '1', '--seconds', '0.1', '--warm-up-seconds', '0.02'];
    const output = await run('compare.ts', '--only', 'S,each', ...effort, ...variants);
    expect(output.match(/^## .+/gm)).toEqual(['## S, 2 rounds', '## each, 2 rounds']);
    expect(output).toMatch(/^\| shipped +\| +[\d.,]+ \| +\|/m);
    expect(output).toMatch(/^\| default +\| +[\d.,]+ \| +[+−][\d.]+ % \[[+−][\d.]+, [+−][\d.]+\] \|/m);
  },
  TIMEOUT_MS,
);

it.each([
  [['--variant', 'alone'], 'Wanted two or more'],
  [['--variant', 'a', '--variant', 'b;flags=x'], 'wanted name, then'],
])('compares nothing by %j', async (args, message) => {
  await expect(run('compare.ts', ...args)).rejects.toThrow(message);
});

it.each([
  [['--peer', 'gateway=http://127.0.0.1:9/'], 'wanted name=bedrock:url or name=openai:url'],
  [
    ['--peer', 'gateway=bedrock:http://127.0.0.1:9/;pid=x'],
    'wanted model=id, header=name: value or pid=number',
  ],
  [['--peer', 'gateway=bedrock:http://127.0.0.1:9/;header=x'], 'wanted name: value'],
  [['--unheard-of'], "Unknown option '--unheard-of'"],
])('refuses %j', async (args, message) => {
  await expect(bench('run.ts', ...args)).rejects.toThrow(message);
});

const OWN_BUILD = (): string => `proxy=${join(home, 'dist/main.js')}`;

function bench(script: string, ...args: string[]): Promise<string> {
  return run(script, ...args, '--proxy', join(home, 'dist/main.js'), '--out', join(home, 'results'));
}

async function run(script: string, ...args: string[]): Promise<string> {
  const command = [join(REPOSITORY, 'bench', script), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    // nothing else of the developer's environment; an nginx that happens to be installed stays out
    env: { PATH: process.env['PATH'], NGINX: 'no-such-nginx' },
    timeout: TIMEOUT_MS,
  });
  return stdout;
}

function results(): Results {
  // named by their dates
  const files = readdirSync(join(home, 'results')).filter((name) => name.endsWith('.json'));
  const file = files.toSorted().at(-1) ?? '';
  return JSON.parse(readFileSync(join(home, 'results', file), 'utf8')) as Results; // what the bench has written
}

function casesOf(rows: Results['rows'], wanted: string): string[] {
  return rows.filter(({ target }) => target === wanted).map((row) => row.case);
}
