import { http1Client, http2Client, sdkLikeClient } from './clients.ts';
import { isExpected } from './expected.ts';
import { BEHAVIOURS, FaultyUpstream } from './faulty-upstream.ts';
import { ProxyProcess, type Held } from './proxy-process.ts';
import { printReport, type Figures } from './report.ts';
import { MANNERS, visit } from './visit.ts';

/**
 * Runs waves of hundreds of concurrent streams, from an upstream that fails in every way to clients that
 * disconnect in every way. Exits with status 1 when a stream ended wrongly, a socket stayed open, or memory
 * grew. `SOAK_SECONDS` (120) and `SOAK_STREAMS` (300 at once) set the size.
 */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 120);
const STREAMS = Number(process.env['SOAK_STREAMS'] ?? 300);
/** Far longer than a wave takes on a busy machine, so that only silent upstreams reach it. */
const TIMEOUT_MS = 5_000;
/** The proxy keeps an idle connection to the upstream for 4 s. */
const SETTLE_MS = 15_000;

const upstream = new FaultyUpstream();
await upstream.listen();
const proxy = await ProxyProcess.start({
  OPENAI_API_BASE: upstream.baseUrl,
  UPSTREAM_FIRST_EVENT_TIMEOUT_MS: String(TIMEOUT_MS),
  UPSTREAM_IDLE_TIMEOUT_MS: String(TIMEOUT_MS),
});

const endings = new Map<string, number>();
const held: Held[] = [];
const unexpected: string[] = [];
const deadline = performance.now() + SECONDS * 1_000;
let streams = 0;
do {
  await wave();
  held.push(await proxy.held());
} while (performance.now() < deadline);

const figures: Figures = {
  streams,
  atOnce: STREAMS,
  upstreamRequests: upstream.requests,
  endings,
  held,
  unexpected,
  ...(await settled()),
  exitStatus: await proxy.stop(),
};
upstream.close();
process.exitCode = printReport(figures) ? 0 : 1;

/** Every behaviour is combined with every kind of client. */
async function wave(): Promise<void> {
  const { url } = proxy;
  const clients = [
    http1Client(url, true),
    http1Client(url, false),
    http2Client(url),
    http2Client(url),
    sdkLikeClient(url),
  ];
  const models = Object.keys(BEHAVIOURS);
  await Promise.all(
    Array.from({ length: STREAMS }, async (_, index) => {
      const turn = streams + index;
      const model = models[turn % models.length] ?? '';
      const manner = MANNERS[Math.floor(turn / models.length) % MANNERS.length] ?? 'stays';
      const client = clients[turn % clients.length];
      if (client) note(model, await visit(client, model, manner));
    }),
  );
  streams += STREAMS;
  for (const client of clients) client.close();
}

function note(model: string, ending: string): void {
  endings.set(ending, (endings.get(ending) ?? 0) + 1);
  if (!isExpected(model, ending)) unexpected.push(`${model}: ${ending}`);
}

/** The sockets that are open after all clients have disconnected and all timeouts have passed. */
async function settled(): Promise<{ openUpstreamSockets: number; last: Held }> {
  const until = performance.now() + SETTLE_MS;
  let last = await proxy.held();
  while ((upstream.openSockets > 0 || last.sockets > 0) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    last = await proxy.held();
  }
  return { openUpstreamSockets: upstream.openSockets, last };
}
