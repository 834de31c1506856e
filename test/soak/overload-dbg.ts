import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { Crowd, type Tally } from './crowd.ts';
import { InstantUpstream } from './instant-upstream.ts';
import { ProxyProcess } from './proxy-process-dbg.ts';

/**
 * Three times as many requests as the proxy can serve: it must still serve 80 % of what it can, and its memory must
 * have a bound. Ends with status 1 when not. `OVERLOAD_SECONDS` (20) is the time of each measurement.
 */
const SECONDS = Number(process.env['OVERLOAD_SECONDS'] ?? 20);
const FACTOR = 3;
const MIN_SHARE = 0.8;
const CLIENTS = 64;
/** Clients that ask at once, at most. */
const CROWD = 6_000;
const WARM_UP_MS = 5_000;
const PAGE_BYTES = 4_096;
const MB = 1024 * 1024;

/** Many small blocks: few bytes for the load generator, much work for the proxy. */
const BODY = Buffer.from(
  JSON.stringify({
    messages: Array.from({ length: 101 }, (_, turn) => ({
      role: turn % 2 === 0 ? 'user' : 'assistant',
      content: Array.from({ length: 16 }, () => ({ text: 'Hi' })),
    })),
  }),
);

const upstream = new InstantUpstream({ streams: process.env['WL'] !== 'calls' });
await upstream.listen();
const proxy = await ProxyProcess.start({ OPENAI_API_BASE: upstream.baseUrl, LOG_LEVEL: 'warn' });
pin(process.pid, 0);
pin(proxy.pid, 1);

const crowd = new Crowd(
  `${proxy.url}/model/m/converse${process.env['WL'] !== 'calls' ? '-stream' : ''}`,
  BODY,
);
await crowd.askInTurn(CLIENTS, WARM_UP_MS);
await crowd.gather(CROWD);
crowd.takeTally();
await crowd.askInTurn(CLIENTS, SECONDS * 1_000);
const peak = perSecond(crowd.takeTally());

let maxRssBytes = 0;
const sampling = setInterval(() => (maxRssBytes = Math.max(maxRssBytes, rssBytes())), 250);
const before = rssBytes();
await crowd.askAtRate(FACTOR * peak.served, SECONDS * 1_000);
const overloaded = perSecond(crowd.takeTally());
clearInterval(sampling);
const share = overloaded.served / peak.served;
console.table({ peak, overloaded });
console.log(
  `served under overload: ${share.toFixed(2)} of the peak; memory ${toMB(before)} → ${toMB(maxRssBytes)} MB at most`,
);
if (share < MIN_SHARE || overloaded.failed > 0) process.exitCode = 1;
crowd.close();
await proxy.stop();
upstream.close();

function perSecond(tally: Tally): Tally {
  return {
    served: tally.served / SECONDS,
    shed: tally.shed / SECONDS,
    failed: tally.failed / SECONDS,
    unasked: tally.unasked / SECONDS,
  };
}

function toMB(bytes: number): string {
  return (bytes / MB).toFixed(0);
}

function rssBytes(): number {
  const [, pages] = readFileSync(`/proc/${proxy.pid}/statm`, 'utf8').split(' ');
  return Number(pages) * PAGE_BYTES;
}

function pin(pid: number, core: number): void {
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)]);
}
