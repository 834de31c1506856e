import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { NODE_FLAGS } from '../../src/cli/node-flags.ts';
import { decodeEventStream } from '../support/event-stream.ts';
import { answerInPieces, comparable, readExchanges, type Exchange } from '../support/exchange.ts';
import { ScriptedUpstream } from '../support/scripted-upstream.ts';

/** `npm run test:oldest-node`: all golden exchanges through the built service, on the oldest Node that may run it. */
const ENTRY = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const MANIFEST = new URL('../../package.json', import.meta.url);
const START_TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 50;

const { engines } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { engines: { node: string } };
const version = /^\^(\S+) /.exec(engines.node)?.[1] ?? '';
const node = execFileSync(
  'npm',
  ['exec', '--yes', `--package=node@${version}`, '--', 'node', '-p', 'process.execPath'],
  { encoding: 'utf8' },
).trim();
console.log(`Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`);

const byEnvironment = Map.groupBy(readExchanges(), ({ environment }) => JSON.stringify(environment));
const differing: string[] = [];
const children: ChildProcess[] = [];
process.once('exit', () => children.map((child) => child.kill('SIGKILL')));
let count = 0;
for (const exchanges of byEnvironment.values()) differing.push(...(await failuresOf(exchanges)));
console.log(`${count - differing.length} of ${count} exchanges are as written`);
for (const name of differing) console.log(`differs: ${name}`);
process.exitCode = differing.length === 0 && count > 0 ? 0 : 1;

/** Names of the exchanges of one environment that went otherwise. */
async function failuresOf(exchanges: readonly Exchange[]): Promise<string[]> {
  const upstream = await new ScriptedUpstream(() => undefined).listen();
  const port = await freePort();
  const child = spawn(node, [...NODE_FLAGS, ENTRY], {
    env: {
      ...exchanges[0]?.environment,
      PATH: process.env['PATH'],
      OPENAI_API_BASE: upstream.baseUrl,
      PORT: String(port),
      MANAGEMENT_PORT: '0',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child);
  const failed: string[] = [];
  for (const exchange of exchanges) {
    count += 1;
    if (!(await isAsWritten(exchange, url, upstream))) failed.push(exchange.name);
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  await upstream.close();
  return failed;
}

async function isAsWritten(exchange: Exchange, url: string, upstream: ScriptedUpstream): Promise<boolean> {
  upstream.answerWith(answerInPieces(exchange, 2));
  const body = JSON.stringify(exchange.clientRequest);
  const response = await fetch(url + exchange.path, { method: 'POST', body });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type') === 'application/json';
  const answer: unknown = isJson ? JSON.parse(bytes.toString()) : decodeEventStream(bytes);
  return (
    isDeepStrictEqual(comparable(answer, exchange.answer), exchange.answer) &&
    isDeepStrictEqual(upstream.lastRequest?.body, exchange.upstreamRequest)
  );
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const deadline = AbortSignal.timeout(START_TIMEOUT_MS);
  while (child.exitCode === null && !deadline.aborted) {
    const health = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (health?.ok) return;
    await setTimeout(POLL_INTERVAL_MS);
  }
  throw new Error('The service did not start');
}

async function freePort(): Promise<number> {
  const holder = await new ScriptedUpstream(() => undefined).listen();
  const { port } = new URL(holder.origin);
  await holder.close();
  return Number(port);
}
