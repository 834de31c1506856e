import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { postOverHttp1, postOverHttp2 } from '../support/tiny-chunks.ts';
import { wrongSignature } from '../support/wrong-signature.ts';
import { ProxyProcess, type Held } from './proxy-process.ts';
import { TinyUpstream, type TinyAnswer } from './tiny-upstream.ts';

/**
 * Sends millions of bytes, each in a chunk of its own, as request bodies, with wrong signatures, and as answers
 * of the upstream. Memory must grow with the bytes and not with the chunks, and other requests may not wait for
 * long. Exits with status 1 otherwise. `TINY_CHUNKS` (2,000,000) is the number of bytes of each kind.
 */
const CHUNKS = Number(process.env['TINY_CHUNKS'] ?? 2_000_000);
/** If each chunk were kept as a buffer of its own, the default number would take up to 1 GB. */
const MAX_GROWTH_MB = 110;
/** The longest turn of the event loop, in processor time. */
const MAX_HELD_MS = 150;
const BYTES_PER_MB = 1024 * 1024;
const PATH = '/model/m/converse';
const ACCESS_KEY_ID = 'SOAKCLIENT';

const FILLER = 'a'.repeat(CHUNKS);
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: FILLER }] }] });
const SHORT_BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });
const message = { role: 'assistant', content: 'Hi' };
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const COMPLETION = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage });
const LONG_COMPLETION = COMPLETION.replace('"Hi"', () => `"${FILLER}"`);

interface Way {
  readonly answer: TinyAnswer;
  readonly hasClients?: boolean;
  /** Resolves to the status of the proxy's answer. */
  readonly go: (port: number) => Promise<number>;
  readonly status: number;
}

const JSON_ANSWER: TinyAnswer = { contentType: 'application/json', body: COMPLETION };

const WAYS: Readonly<Record<string, Way>> = {
  'a body over HTTP/1.1': { answer: JSON_ANSWER, go: (port) => tinyCall(postOverHttp1, port), status: 200 },
  'a body over HTTP/2': { answer: JSON_ANSWER, go: (port) => tinyCall(postOverHttp2, port), status: 200 },
  'a wrong signature over HTTP/1.1': {
    answer: JSON_ANSWER,
    hasClients: true,
    go: (port) => tinyCall(postOverHttp1, port, wrongSignature(ACCESS_KEY_ID)),
    status: 403,
  },
  'a wrong signature over HTTP/2': {
    answer: JSON_ANSWER,
    hasClients: true,
    go: (port) => tinyCall(postOverHttp2, port, wrongSignature(ACCESS_KEY_ID)),
    status: 403,
  },
  'an answer of the upstream': {
    answer: { contentType: 'application/json', body: LONG_COMPLETION },
    go: (port) => call(port, PATH),
    status: 200,
  },
  'a line without an end': {
    answer: { contentType: 'text/event-stream', body: `data: ${FILLER}` },
    go: (port) => call(port, `${PATH}-stream`),
    status: 424,
  },
};

const rows = await Array.fromAsync(Object.entries(WAYS), async ([name, way]) => measure(name, way));
console.table(rows);
if (!rows.every(({ isGood }) => isGood)) process.exitCode = 1;

async function measure(way: string, { answer, hasClients = false, go, status }: Way) {
  const upstream = new TinyUpstream(answer);
  await upstream.listen();
  const directory = mkdtempSync(join(tmpdir(), 'tiny-chunks-'));
  const proxy = await ProxyProcess.start({
    LOG_LEVEL: 'error',
    ...(hasClients ? { CONFIG_FILE: fileWithClients(directory) } : { OPENAI_API_BASE: upstream.baseUrl }),
  });
  const before = await proxy.held();
  const startedAt = performance.now();
  const answered = await go(Number(new URL(proxy.url).port));
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = await proxy.held();
  await proxy.stop();
  upstream.close();
  rmSync(directory, { recursive: true });
  return {
    way,
    status: answered,
    seconds: seconds.toFixed(1),
    ...judged(before, after, answered === status),
  };
}

function judged(before: Held, after: Held, isAnswered: boolean) {
  const [beforeMB, peakMB, afterMB] = [before.rssBytes, after.peakRssBytes, after.rssBytes].map((bytes) =>
    Math.round(bytes / BYTES_PER_MB),
  ) as [number, number, number];
  const heldMs = Math.round(after.longestTurnMs);
  const isGood = isAnswered && peakMB - beforeMB <= MAX_GROWTH_MB && heldMs <= MAX_HELD_MS;
  return { beforeMB, peakMB, afterMB, heldMs, isGood };
}

function fileWithClients(directory: string): string {
  const secretFile = join(directory, 'secret');
  writeFileSync(secretFile, 'x'.repeat(40));
  const file = join(directory, 'config.json');
  const upstreams = { local: { baseUrl: 'http://127.0.0.1:9/v1' } };
  const models = [{ match: '*', route: [{ upstream: 'local' }] }];
  const clients = [{ name: 'soak', accessKeyId: ACCESS_KEY_ID, secretFile }];
  writeFileSync(file, JSON.stringify({ upstreams, models, clients }));
  return file;
}

async function tinyCall(
  post: typeof postOverHttp1,
  port: number,
  headers: Record<string, string> = {},
): Promise<number> {
  const request = await post({ port, path: PATH, headers }, BODY);
  await request.sent;
  return request.end();
}

async function call(port: number, path: string): Promise<number> {
  const sending = request({ port, host: '127.0.0.1', path, method: 'POST', agent: false });
  sending.end(SHORT_BODY);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  await buffer(response);
  return response.statusCode ?? 0;
}
