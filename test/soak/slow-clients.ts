import { connect, type Socket } from 'node:net';
import { http1Client } from './clients.ts';
import { PatientUpstream } from './patient-upstream.ts';
import { ProxyProcess } from './proxy-process.ts';

/**
 * Runs four kinds of slow clients that hold connections, beside clients that make ordinary calls. The ordinary
 * calls must all succeed, with hardly more latency than before, and the slow clients must be disconnected in
 * time. Exits with status 1 otherwise. `SLOW_CLIENTS` (400 of each kind) and `SLOW_SECONDS` (20) set the size.
 */
const EACH = Number(process.env['SLOW_CLIENTS'] ?? 400);
const SECONDS = Number(process.env['SLOW_SECONDS'] ?? 20);
const CALLERS = 16;
const LIMIT_MS = 5_000;
const PERCENTILES = [0.5, 0.99] as const;
const MAX_SLOWDOWN = 3;
/** One byte each. */
const DRIP_MS = 500;
const BYTES_PER_MB = 1024 * 1024;
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });
const HEAD = 'POST /model/m/converse HTTP/1.1\r\nhost: localhost\r\n';

/** The bytes that each kind sends first, and those that it then sends one at a time. */
const MANNERS: Readonly<Record<string, { begins: string; drips: string }>> = {
  'says nothing': { begins: '', drips: '' },
  'slow headers': { begins: HEAD, drips: 'x' },
  'slow body': { begins: `${HEAD}content-length: 100000\r\n\r\n{"a":"`, drips: 'x' },
  'half a TLS hello': { begins: '\x16\x03\x01', drips: '' },
};

const upstream = new PatientUpstream();
await upstream.listen();
const proxy = await ProxyProcess.start({
  OPENAI_API_BASE: upstream.baseUrl,
  LOG_LEVEL: 'error',
  HEADERS_TIMEOUT_MS: String(LIMIT_MS),
  BODY_TIMEOUT_MS: String(LIMIT_MS),
  KEEP_ALIVE_TIMEOUT_MS: String(LIMIT_MS),
});
await callFor(2_000);
const before = await callFor((SECONDS * 1_000) / 2);
const heldBefore = await proxy.held();

const slow = Object.entries(MANNERS).map(([manner, says]) => ({
  manner,
  sockets: Array.from({ length: EACH }, () => open(says)),
}));
const under = await callFor(SECONDS * 1_000);
const heldAfter = await proxy.held();

console.table({ 'without them': before, 'beside them': under });
const left = slow.map(({ manner, sockets }) => ({
  manner,
  clients: EACH,
  stillConnected: sockets.filter(isOpen).length,
}));
console.table(left);
console.log(
  `heap ${toMB(heldBefore.heapBytes)} → ${toMB(heldAfter.heapBytes)} MB, sockets ${heldBefore.sockets} → ${heldAfter.sockets}`,
);
const isGood = under.failed === 0 && under.p50Ms <= before.p50Ms * MAX_SLOWDOWN;
if (!isGood || left.some(({ stillConnected }) => stillConnected > 0)) process.exitCode = 1;
for (const { sockets } of slow) for (const socket of sockets) socket.destroy();
await proxy.stop();
upstream.close();

function open({ begins, drips }: { begins: string; drips: string }): Socket {
  const socket = connect({ port: Number(new URL(proxy.url).port), host: '127.0.0.1' });
  socket.on('error', () => undefined).resume();
  socket.write(begins, 'latin1');
  const dripping = drips === '' ? undefined : setInterval(() => socket.write(drips), DRIP_MS);
  socket.on('close', () => clearInterval(dripping));
  return socket;
}

function isOpen(socket: Socket): boolean {
  return !socket.destroyed;
}

/** Consecutive calls of a few clients. */
async function callFor(ms: number): Promise<{ calls: number; failed: number; p50Ms: number; p99Ms: number }> {
  const end = performance.now() + ms;
  const times: number[] = [];
  let failed = 0;
  const work = async (): Promise<void> => {
    const client = http1Client(proxy.url, true);
    while (performance.now() < end) {
      const startedAt = performance.now();
      const answer = await client.open('/model/m/converse', BODY).answer.catch(() => undefined);
      if (answer?.status !== 200) failed += 1;
      answer?.body.resume();
      times.push(performance.now() - startedAt);
    }
    client.close();
  };
  await Promise.all(Array.from({ length: CALLERS }, work));
  const sorted = times.toSorted((a, b) => a - b);
  const [p50Ms = 0, p99Ms = 0] = PERCENTILES.map((share) => sorted[Math.floor(sorted.length * share)]);
  return { calls: times.length, failed, p50Ms, p99Ms };
}

function toMB(bytes: number): string {
  return (bytes / BYTES_PER_MB).toFixed(1);
}
