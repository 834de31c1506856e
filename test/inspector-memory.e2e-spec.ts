import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallSummary } from '../src/inspector/call.js';
import { textCompletion } from './support/answers.js';
import { InspectorClient } from './support/inspector-client.js';
import { memoryInUse } from './support/memory-in-use.js';
import { startProxy, type RunningProxy } from './support/proxy.js';
import { until } from './support/until.js';

const CALLS = 10_000;
const AT_ONCE = 20;
/** Ten thousand calls in one process with their client and their upstream take longer than any other test. */
const PATIENCE_MS = 900_000;
const MB = 1024 * 1024;
const INSPECTOR_MB = 1;
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'word '.repeat(1_000) }] }] });
const ANSWER = JSON.stringify(textCompletion('more '.repeat(1_000)));

/** It keeps nothing of what it gets, unlike the scripted one. */
let upstream: Server;
let proxy: RunningProxy;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
beforeAll(async () => {
  upstream = createServer((received, response) => {
    received.resume().once('end', () => response.end(ANSWER));
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo;
  proxy = await startProxy({
    INSPECTOR: 'true',
    INSPECTOR_MB: String(INSPECTOR_MB),
    OPENAI_API_BASE: `http://127.0.0.1:${port}/v1`,
  });
});
afterAll(async () => {
  agent.destroy();
  await proxy.close();
  upstream.close();
  upstream.closeAllConnections();
});

async function call(): Promise<void> {
  const sent = request(`${proxy.url}/model/m/converse`, { method: 'POST', agent });
  sent.end(BODY);
  const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode?: number }];
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`answered ${response.statusCode}`);
}

async function makeCalls(count: number): Promise<void> {
  let left = count;
  const work = async (): Promise<void> => {
    for (; left > 0; await call()) left -= 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** The calls in the list, and those of which more than the line is held. */
async function listed(): Promise<Record<'all' | 'held', readonly CallSummary[]>> {
  const all = await new InspectorClient(proxy.managementUrl).list();
  return { all, held: all.filter(({ isLineOnly }) => isLineOnly !== true) };
}

describe('The inspector', () => {
  it(
    `stays within its memory through ${CALLS} calls`,
    async () => {
      await makeCalls(500);
      const before = await memoryInUse();
      await makeCalls(CALLS);
      // all bodies together are a hundred times as large; what waits to be recorded is bounded as what is held
      expect((await memoryInUse()) - before).toBeLessThan(4 * INSPECTOR_MB * MB);
      const { all, held } = await listed();
      expect(all).toHaveLength(200);
      expect(held.length).toBeLessThan(60);
      // calls that come slower, each after one was held, are held again
      for (let now = await listed(); now.held.length < 6; now = await listed()) {
        const before = now.held[0]?.id;
        await call();
        await until(async () => (await listed()).held[0]?.id !== before);
      }
    },
    PATIENCE_MS,
  );
});
