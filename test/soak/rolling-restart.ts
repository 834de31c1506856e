import { buffer } from 'node:stream/consumers';
import { http1Client } from './clients.ts';
import { LoadBalancer } from './load-balancer.ts';
import { PatientUpstream } from './patient-upstream.ts';
import { ProxyProcess } from './proxy-process.ts';
import { streamEnding } from './stream-ending.ts';

/**
 * Replaces two proxies behind nginx one after the other while clients make calls: no call and no stream may
 * fail. A replacement works as in a cluster: the new proxy is ready, the old one gets SIGTERM, its readiness
 * fails, the load balancer removes it, and it ends by itself. Clients open a connection for each call, because
 * nginx closes idle connections when its servers change. Exits with status 1 when a call failed, or fewer calls
 * were made than intended. `RESTART_CALLS` (5000) and `RESTART_STREAMS` (200) set the size.
 */
const MIN_CALLS = Number(process.env['RESTART_CALLS'] ?? 5_000);
const MIN_STREAMS = Number(process.env['RESTART_STREAMS'] ?? 200);
const CALLERS = 24;
const LISTENERS = 24;
const ROUNDS = 2;
/** The time between SIGTERM and the closing of the port; the load balancer checks more often. */
const DRAIN_DELAY_MS = 2_000;
const PROBE_INTERVAL_MS = 250;
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });

if (!LoadBalancer.isInstalled()) {
  console.log('Not shown: a rolling restart, for nginx is not installed');
  process.exit();
}

const failures = new Map<string, number>();
const run = { calls: 0, streams: 0, isOver: false };

const upstream = new PatientUpstream();
await upstream.listen();
const start = (): Promise<ProxyProcess> =>
  ProxyProcess.start({ OPENAI_API_BASE: upstream.baseUrl, DRAIN_DELAY_MS: String(DRAIN_DELAY_MS) });
let proxies: readonly ProxyProcess[] = await Promise.all([start(), start()]);
const balancer = await LoadBalancer.start(proxies.map(({ url }) => url));
const clients = [
  ...Array.from({ length: CALLERS }, () => callOnAndOn()),
  ...Array.from({ length: LISTENERS }, () => listenOnAndOn()),
];

const statuses: (number | null)[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const old of proxies) statuses.push(await replace(old));
}
while (run.calls < MIN_CALLS || run.streams < MIN_STREAMS) await pause(PROBE_INTERVAL_MS);
run.isOver = true;
await Promise.all(clients);

const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
console.log(`${statuses.length} proxies replaced, exit statuses ${statuses.join(', ')}`);
console.log(`${run.calls} calls and ${run.streams} streams, ${failed} failures`);
if (failed > 0) console.table([...failures]);
if (failed > 0 || statuses.some((status) => status !== 0)) process.exitCode = 1;
await Promise.all(proxies.map((proxy) => proxy.stop()));
await balancer.stop();
upstream.close();

/** Resolves to the exit status of the old proxy. */
async function replace(old: ProxyProcess): Promise<number | null> {
  const others = proxies.filter((proxy) => proxy !== old);
  const next = await start();
  balancer.serve([...proxies, next].map(({ url }) => url));
  const ended = old.stop();
  while (await old.isReady()) await pause(PROBE_INTERVAL_MS);
  proxies = [...others, next];
  balancer.serve(proxies.map(({ url }) => url));
  return ended;
}

async function callOnAndOn(): Promise<void> {
  const client = http1Client(balancer.url, false);
  while (!run.isOver) {
    const { status, bytes } = await ask(client, '/model/m/converse');
    run.calls += 1;
    if (status !== 200 || !bytes.includes('"end_turn"')) fail(`a call: ${status} ${bytes.toString()}`);
  }
  client.close();
}

async function listenOnAndOn(): Promise<void> {
  const client = http1Client(balancer.url, false);
  while (!run.isOver) {
    const { status, bytes } = await ask(client, '/model/m/converse-stream');
    run.streams += 1;
    if (status !== 200) fail(`a stream: ${status} ${bytes.toString()}`);
    else if (endingOf(bytes) !== 'complete') fail(`a stream: ${endingOf(bytes)}`);
  }
  client.close();
}

async function ask(
  client: ReturnType<typeof http1Client>,
  path: string,
): Promise<{ status: number | string; bytes: Buffer }> {
  try {
    const { status, body } = await client.open(path, BODY).answer;
    return { status, bytes: await buffer(body) };
  } catch (error) {
    return { status: String(error), bytes: Buffer.alloc(0) };
  }
}

function endingOf(bytes: Buffer): string {
  try {
    return streamEnding(bytes);
  } catch (error) {
    return String(error);
  }
}

function fail(how: string): void {
  failures.set(how, (failures.get(how) ?? 0) + 1);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
