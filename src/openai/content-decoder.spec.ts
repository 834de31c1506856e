import type { Transform } from 'node:stream';
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createDeflate,
  createDeflateRaw,
  createGzip,
  createZstdCompress,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { gatewayTo, params, targetAt, waiting } from '../../test/support/gateway.js';
import {
  startScriptedUpstream,
  toServerSentEvent,
  type ScriptedUpstream,
  type UpstreamScript,
} from '../../test/support/scripted-upstream.js';
import { upstreamFailureOf } from '../../test/support/upstream-failure.js';
import type { OpenAIGateway } from './openai.gateway.js';
import type { UpstreamTarget } from './upstream-target.js';

type Encode = (text: string | Buffer) => Buffer;

const COMPLETION = { choices: [{ message: { content: 'žluťoučký 🐎 '.repeat(2_000) } }] };
const text = { choices: [{ delta: { content: 'Hi' } }] };
const finish = { choices: [{ delta: {}, finish_reason: 'stop' }] };
const EVENTS = `${toServerSentEvent(text)}: keep-alive\n\n${toServerSentEvent(finish)}data: [DONE]\n\n`;
const ERROR = JSON.stringify({ error: { message: 'Slow down', code: 'busy' } });
const MB = 1024 * 1024;

const ENCODINGS: [name: string, header: string, encode: Encode][] = [
  ['gzip', 'gzip', gzipSync],
  ['gzip by its old name, in capitals', 'X-GZip', gzipSync],
  ['deflate', 'deflate', deflateSync],
  ['deflate without the zlib header', 'deflate', deflateRawSync],
  ['br', 'br', brotliCompressSync],
  ['zstd', 'zstd', zstdCompressSync],
  ['identity', 'identity', (text) => Buffer.from(text)],
];

let upstream: ScriptedUpstream;
let target: UpstreamTarget;
let gateway: OpenAIGateway;

async function start(script: UpstreamScript): Promise<void> {
  upstream = await startScriptedUpstream(script);
  target = targetAt(upstream.baseUrl);
  gateway = gatewayTo(target);
}

afterEach(async () => {
  await gateway.onApplicationShutdown();
  await upstream.close();
});

/** Answers with these bytes, at once or byte by byte. */
function sends(bytes: Buffer, encoding: string, status = 200, partBytes = bytes.length): UpstreamScript {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': encoding });
    for (let at = 0; at < bytes.length; at += partBytes) response.write(bytes.subarray(at, at + partBytes));
    response.end();
  };
}

const complete = (): Promise<unknown> => gateway.complete(target, params, waiting);

async function streamed(): Promise<unknown[]> {
  const chunks: unknown[] = [];
  for await (const batch of await gateway.stream(target, params, waiting)) chunks.push(...batch);
  return chunks;
}

describe('an encoded answer', () => {
  it('is not requested', async () => {
    await start(sends(Buffer.from(JSON.stringify(COMPLETION)), 'identity'));
    await complete();
    expect(upstream.lastRequest?.headers['accept-encoding']).toBe('identity');
  });

  it.each(ENCODINGS)('is decoded as a completion: %s', async (_, header, encode) => {
    await start(sends(encode(JSON.stringify(COMPLETION)), header));
    for (let count = 0; count < 5; count += 1) await expect(complete()).resolves.toEqual(COMPLETION);
    expect(upstream.openSockets).toBeLessThanOrEqual(2);
  });

  it.each(ENCODINGS)('is decoded as a stream, also byte by byte: %s', async (_, header, encode) => {
    await start(sends(encode(EVENTS), header, 200, 1));
    await expect(streamed()).resolves.toEqual([text, finish]);
  });

  it.each(ENCODINGS)('is decoded as an error: %s', async (_, header, encode) => {
    await start(sends(encode(ERROR), header, 429));
    const failure = { failure: 'status', status: 429, message: 'Slow down', code: 'busy' };
    await expect(upstreamFailureOf(complete())).resolves.toEqual(failure);
    await expect(upstreamFailureOf(streamed())).resolves.toEqual(failure);
  });

  it.each<[name: string, encoder: () => Transform, flush?: number]>([
    ['gzip', createGzip],
    ['deflate', createDeflate],
    ['deflate', createDeflateRaw],
    ['br', createBrotliCompress, constants.BROTLI_OPERATION_FLUSH],
    ['zstd', createZstdCompress, constants.ZSTD_e_flush],
  ])('can be read before its end: %s', async (encoding, create, flush = constants.Z_SYNC_FLUSH) => {
    const encoder = create() as Transform & { flush(kind: number): void };
    await start((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': encoding });
      encoder.pipe(response);
      encoder.write(toServerSentEvent(text));
      encoder.flush(flush);
    });
    const chunks = await gateway.stream(target, params, waiting);
    await expect(chunks.read()).resolves.toEqual({ value: [text], done: false });
    encoder.end(toServerSentEvent(finish));
    await expect(chunks.read()).resolves.toEqual({ value: [finish], done: false });
    await expect(chunks.read()).resolves.toEqual({ value: undefined, done: true });
  });

  it('may lack the end of the encoding if the content is complete', async () => {
    await start(sends(gzipSync(JSON.stringify(COMPLETION)).subarray(0, -8), 'gzip'));
    await expect(complete()).resolves.toEqual(COMPLETION);
  });

  it('may be empty', async () => {
    await start(sends(Buffer.alloc(0), 'gzip', 503));
    const failure = { failure: 'status', status: 503, message: 'status 503 without a message' };
    await expect(upstreamFailureOf(complete())).resolves.toEqual(failure);
  });

  it('fails with the error of the connection', async () => {
    await start((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(gzipSync(EVENTS).subarray(0, -12), () => response.socket?.destroy());
    });
    await expect(upstreamFailureOf(complete())).resolves.toMatchObject({ failure: 'reset' });
  });
});

describe('an answer that cannot be decoded', () => {
  it.each<[encoding: string, bytes: Buffer, message: string]>([
    ['gzip', Buffer.from(ERROR), 'content-encoding gzip that cannot be decoded: incorrect header check'],
    ['compress', Buffer.from('\u001f\u009dxyz'), 'content-encoding compress, which was not asked for'],
    ['gzip, br', gzipSync(ERROR), 'content-encoding gzip, br, which was not asked for'],
  ])('is unusable, and the error shows none of its bytes: %s', async (encoding, bytes, message) => {
    await start((request, response) => {
      const isStream = JSON.stringify(request.body).includes('"stream":true');
      sends(bytes, encoding, isStream ? 200 : 500)(request, response);
    });
    await expect(upstreamFailureOf(complete())).resolves.toEqual({ failure: 'status', status: 500, message });
    await expect(upstreamFailureOf(streamed())).resolves.toEqual({ failure: 'unusable', message });
  });

  it('is not shown if the header does not say that it is encoded', async () => {
    await start(sends(gzipSync(ERROR), 'identity', 500));
    const failure = { failure: 'status', status: 500, message: 'binary data' };
    await expect(upstreamFailureOf(complete())).resolves.toEqual(failure);
  });
});

describe('a decompression bomb', () => {
  const bomb = (repeated: string): Buffer => Buffer.alloc(80 * MB, repeated);

  const grows = (encoding: string): unknown => ({
    failure: 'unusable',
    message: `content-encoding ${encoding} that grows more than 100 times`,
  });

  it('is unusable as a completion, a stream and an error', async () => {
    const lines = gzipSync(bomb('data: x\n'), { level: 1 });
    const comments = gzipSync(bomb(': x\n'), { level: 1 });
    const answers: [bytes: Buffer, status: number][] = [
      [lines, 200],
      [lines, 500],
      [lines, 200],
      [comments, 200],
    ];
    const scripts = answers.map(([bytes, status]) => sends(bytes, 'gzip', status));
    await start((request, response) => scripts.shift()?.(request, response));
    const failures = [
      await upstreamFailureOf(complete()),
      await upstreamFailureOf(complete()),
      await upstreamFailureOf(streamed()),
      await upstreamFailureOf(streamed()),
    ];
    expect(failures).toEqual([
      grows('gzip'),
      { failure: 'status', status: 500, message: `more than ${MB} bytes` },
      { failure: 'unusable', message: `an event of the stream is larger than ${8 * MB} bytes` },
      grows('gzip'),
    ]);
    await upstream.socketsDownTo(0);
  });

  it.each<[encoding: string, encode: Encode]>([
    ['br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } })],
    ['zstd', zstdCompressSync],
  ])('is unusable: %s', async (encoding, encode) => {
    await start(sends(encode(bomb(' ')), encoding));
    await expect(upstreamFailureOf(complete())).resolves.toEqual(grows(encoding));
  });
});
