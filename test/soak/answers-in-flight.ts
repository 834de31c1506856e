import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as openRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProxyProcess } from './proxy-process.ts';

/**
 * Sends answers that together exceed the memory of a pod through the proxy, with the heap and the limits of
 * `deploy/base`: complete answers, and streams with an event that does not end. Some must succeed, the others
 * must be refused for want of memory, and the memory of the process must stay within the pod's. Exits with
 * status 1 otherwise. `LARGE_ANSWERS` (12) and `OPEN_EVENTS` (120) set the numbers of concurrent answers.
 */
const LARGE_ANSWERS = Number(process.env['LARGE_ANSWERS'] ?? 12);
const OPEN_EVENTS = Number(process.env['OPEN_EVENTS'] ?? 120);
const BYTES_PER_MB = 1024 * 1024;
const LARGE_ANSWER_BYTES = 60 * BYTES_PER_MB;
/** An event of more than 8 MB is refused in any case. */
const EVENT_BYTES = 8 * BYTES_PER_MB - 1_024;
const MUCH = 'x'.repeat(256 * 1024);
const MAX_MEMORY_MB = 1_024;
const PAGE_BYTES = 4_096;
const SAMPLE_INTERVAL_MS = 20;
const POD = {
  NODE_OPTIONS: '--max-old-space-size=576',
  MAX_BODY_MB_IN_FLIGHT: '128',
  MAX_ANSWER_MB_IN_FLIGHT: '64',
  LOG_LEVEL: 'error',
};
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });
/** With one character beyond Latin 1, every character of the text takes two bytes in the heap. */
const SNOWMAN = '☃';

interface Wave {
  readonly operation: 'converse' | 'converse-stream';
  readonly count: number;
  readonly answer: (response: ServerResponse) => Promise<void>;
}

const WAVES: Readonly<Record<string, Wave>> = {
  'whole answers of 60 MB': { operation: 'converse', count: LARGE_ANSWERS, answer: answerWhole },
  'streams with an event of 8 MB': { operation: 'converse-stream', count: OPEN_EVENTS, answer: answerStream },
};

const figures: Record<string, Figures> = {};
for (const [name, wave] of Object.entries(WAVES)) figures[name] = await measure(wave);
console.table(figures);
const isGood = Object.values(figures).every(
  ({ served, failed, memoryMB, stays }) => served > 0 && failed === 0 && memoryMB <= MAX_MEMORY_MB && stays,
);
process.exitCode = isGood ? 0 : 1;

interface Figures {
  readonly served: number;
  readonly shed: number;
  readonly failed: number;
  readonly memoryMB: number;
  /** The process serves the next request, and holds little memory. */
  readonly stays: boolean;
  readonly heapMB: number;
}

async function measure({ operation, count, answer }: Wave): Promise<Figures> {
  const everybodyIsThere = Promise.withResolvers<void>();
  let calls = 0;
  const upstream = createServer((request, response) => {
    request.resume();
    response.once('close', () => response.emit('drain'));
    calls += 1;
    if (calls === count) everybodyIsThere.resolve();
    void everybodyIsThere.promise.then(() => answer(response)).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo; // a TCP port, not a pipe
  const proxy = await ProxyProcess.start({ ...POD, OPENAI_API_BASE: `http://127.0.0.1:${port}/v1` });

  let memoryMB = 0;
  const looking = setInterval(
    () => (memoryMB = Math.max(memoryMB, residentMB(proxy.pid))),
    SAMPLE_INTERVAL_MS,
  );
  const path = `${proxy.url}/model/m/${operation}`;
  const endings = await Promise.all(Array.from({ length: count }, () => ask(path)));
  clearInterval(looking);
  const ended = (how: Ending): number => endings.filter((ending) => ending === how).length;
  const next = await ask(path);
  const { heapBytes } = await proxy.held();
  await proxy.stop();
  upstream.close();
  upstream.closeAllConnections();
  const heapMB = Math.round(heapBytes / BYTES_PER_MB);
  const stays = next === 'served' && heapMB < LARGE_ANSWER_BYTES / BYTES_PER_MB;
  return { served: ended('served'), shed: ended('shed'), failed: ended('failed'), memoryMB, stays, heapMB };
}

type Ending = 'served' | 'shed' | 'failed';

async function ask(url: string): Promise<Ending> {
  const sending = openRequest(url, { method: 'POST', agent: false });
  sending.end(BODY);
  try {
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    const tail = await tailOf(response);
    if (response.statusCode === 503 || tail.includes('serviceUnavailableException')) return 'shed';
    const isWhole = tail.includes('"usage"') && response.complete;
    return response.statusCode === 200 && isWhole ? 'served' : 'failed';
  } catch {
    return 'failed';
  }
}

/** The last bytes of an answer, which say how it ended. */
async function tailOf(response: IncomingMessage): Promise<string> {
  let tail = '';
  for await (const part of response) tail = (tail + String(part)).slice(-1_024);
  return tail;
}

async function answerWhole(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  await write(response, `{"choices":[{"index":0,"message":{"role":"assistant","content":"${SNOWMAN}`);
  await writeMuch(response, LARGE_ANSWER_BYTES);
  response.end('"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}');
}

async function answerStream(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await write(response, 'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n');
  await write(response, `data: {"choices":[{"index":0,"delta":{"content":"${SNOWMAN}`);
  await writeMuch(response, EVENT_BYTES);
  await write(response, '"}}]}\n\n');
  response.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
}

async function writeMuch(response: ServerResponse, bytes: number): Promise<void> {
  for (let sent = 0; sent < bytes; sent += MUCH.length) await write(response, MUCH.slice(0, bytes - sent));
}

/** At the pace of the reader. Rejects when it has left. */
async function write(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) throw new Error('nobody reads');
  if (response.write(text)) return;
  await once(response, 'drain');
}

function residentMB(pid: number): number {
  const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return Math.round((Number(pages) * PAGE_BYTES) / BYTES_PER_MB);
}
