import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Crowd, type Tally } from './crowd.ts';
import { InstantUpstream } from './instant-upstream.ts';
import { ProxyProcess } from './proxy-process.ts';

/**
 * Makes three times as many requests as the proxy can serve. It must still serve 80 % of the streams that it
 * can serve without overload, and its memory must stay bounded. Exits with status 1 otherwise.
 * `OVERLOAD_SECONDS` (20) is the time of each measurement. The share of short answers is printed too; it is
 * lower, because a refusal costs the same for them.
 */
const SECONDS = Number(process.env['OVERLOAD_SECONDS'] ?? 20);
const FACTOR = 3;
const MIN_SHARE = 0.8;
const MAX_MEMORY_MB = 1_024;
const CLIENTS = 64;
/** The most concurrent clients. */
const CROWD = 6_000;
const WARM_UP_MS = 5_000;
const SAMPLE_INTERVAL_MS = 250;
const PAGE_BYTES = 4_096;
const BYTES_PER_MB = 1024 * 1024;

/** Many small blocks: few bytes for the load generator, but much work for the proxy. */
const BODY = Buffer.from(
  JSON.stringify({
    messages: Array.from({ length: 101 }, (_, turn) => ({
      role: turn % 2 === 0 ? 'user' : 'assistant',
      content: Array.from({ length: 16 }, () => ({ text: 'Hi' })),
    })),
  }),
);

const streams = await measure('converse-stream');
const answers = await measure('converse');
console.table({ streams, answers });
const isGood = streams.share >= MIN_SHARE && streams.failed + answers.failed === 0;
const isBounded = Math.max(streams.memoryMB, answers.memoryMB) <= MAX_MEMORY_MB;
process.exitCode = isGood && isBounded ? 0 : 1;

interface Figures extends Tally {
  /** Requests served without overload. All figures are per second. */
  readonly peak: number;
  readonly share: number;
  readonly memoryMB: number;
}

async function measure(operation: string): Promise<Figures> {
  const upstream = new InstantUpstream({ streams: operation === 'converse-stream' });
  await upstream.listen();
  const proxy = await ProxyProcess.start({ OPENAI_API_BASE: upstream.baseUrl, LOG_LEVEL: 'warn' });
  pin(process.pid, 0);
  pin(proxy.pid, 1);
  const crowd = new Crowd(`${proxy.url}/model/m/${operation}`, BODY);
  await crowd.askInTurn(CLIENTS, WARM_UP_MS);
  await crowd.gather(CROWD);

  crowd.takeTally();
  await crowd.askInTurn(CLIENTS, SECONDS * 1_000);
  const { served: peak } = perSecond(crowd.takeTally());

  let memoryMB = 0;
  const look = (): void => void (memoryMB = Math.max(memoryMB, residentMB(proxy.pid)));
  const looking = setInterval(look, SAMPLE_INTERVAL_MS);
  await crowd.askAtRate(FACTOR * peak, SECONDS * 1_000);
  const overloaded = perSecond(crowd.takeTally());
  clearInterval(looking);

  crowd.close();
  await proxy.stop();
  upstream.close();
  return { peak, ...overloaded, share: overloaded.served / peak, memoryMB };
}

function perSecond({ served, shed, failed, unasked }: Tally): Tally {
  return {
    served: served / SECONDS,
    shed: shed / SECONDS,
    failed: failed / SECONDS,
    unasked: unasked / SECONDS,
  };
}

function residentMB(pid: number): number {
  const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return Math.round((Number(pages) * PAGE_BYTES) / BYTES_PER_MB);
}

/** The proxy gets a core of its own if there are two. */
function pin(pid: number, core: number): void {
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)]);
}
