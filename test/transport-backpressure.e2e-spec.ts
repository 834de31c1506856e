import { once } from 'node:events';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { chunk, ending, textChunks } from './support/answers.js';
import { Http2Client } from './support/http2-client.js';
import { answerChunks, toServerSentEvent } from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { settled } from './support/settled.js';

const PATH = '/model/m/converse-stream';
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });

const PIECE = toServerSentEvent(chunk({ content: 'x'.repeat(16_384) }));
const PIECES = 2_048;
/** The bytes that the systems of both connections may buffer, besides the proxy. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;
/** Bytes of an answer: more than its last event has, which may arrive in pieces. */
const TAIL_BYTES = 1_024;

/** An upstream that sends 32 MB as fast as it is read. */
class Flood {
  sentBytes = 0;

  async pour(response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let piece = 0; piece < PIECES && !response.destroyed; piece++) {
      this.sentBytes += PIECE.length;
      if (!response.write(PIECE)) await this.#drained(response);
    }
    for (const last of ending('stop')) response.write(toServerSentEvent(last));
    response.end('data: [DONE]\n\n');
  }

  #drained(response: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        response.off('drain', settle).off('close', settle);
        resolve();
      };
      response.on('drain', settle).on('close', settle);
    });
  }
}

interface Client {
  /** The answer, whose body is not read. */
  readonly body: Readable;
  leave(): void;
}

async function http1Client(url: string): Promise<Client> {
  const call = request(url + PATH, { method: 'POST', agent: false });
  call.on('error', () => undefined);
  call.end(BODY);
  const [body] = (await once(call, 'response')) as [IncomingMessage];
  body.on('error', () => undefined);
  return { body, leave: () => call.destroy() };
}

async function http2Client(url: string): Promise<Client> {
  const client = new Http2Client(url);
  const body = client.open(PATH, BODY);
  await once(body, 'response');
  return { body, leave: () => client.session.destroy() };
}

describe.each([
  ['HTTP/1.1', http1Client],
  ['HTTP/2', http2Client],
])('A client over %s that does not read its stream', (_, connect) => {
  let service: Service;
  let flood: Flood;

  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => {
    flood = new Flood();
    service.upstream.answerWith((_request, response) => flood.pour(response));
  });

  it('pauses the upstream, and gets everything when it reads', async () => {
    const client = await connect(service.url);
    expect(await settled(() => flood.sentBytes)).toBeLessThan(MAX_UNREAD_BYTES);
    let receivedBytes = 0;
    let tail: Buffer = Buffer.alloc(0);
    for await (const bytes of client.body as AsyncIterable<Buffer>) {
      receivedBytes += bytes.length;
      tail = Buffer.concat([tail, bytes]).subarray(-TAIL_BYTES);
    }
    expect(receivedBytes).toBeGreaterThan(PIECES * 16_384);
    expect(tail.includes('metadata')).toBe(true);
    client.leave();
  });

  it('ends the upstream call when it disconnects', async () => {
    const client = await connect(service.url);
    await settled(() => flood.sentBytes);
    client.leave();
    await service.upstream.socketsDownTo(0);
  });
});

describe('Calls one after the other', () => {
  it('leave no listeners behind on the connections that they share', async () => {
    await using service = await Service.start();
    service.upstream.answerWith(answerChunks(textChunks('Hi')));
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    const http2 = new Http2Client(service.url);
    for (let call = 0; call < 30; call++) {
      await http2.post(PATH, BODY);
      await (await fetch(service.url + PATH, { method: 'POST', body: BODY })).arrayBuffer();
    }
    await http2.close();
    process.off('warning', listen);
    expect(warnings).toEqual([]);
    expect(service.upstream.openSockets).toBe(1);
  });
});
