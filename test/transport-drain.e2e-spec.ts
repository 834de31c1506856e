import { once } from 'node:events';
import { connect } from 'node:net';
import { chunk, ending } from './support/answers.js';
import { Http2Client } from './support/http2-client.js';
import { toServerSentEvent } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const PATH = '/model/m/converse-stream';
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });

describe('A proxy that shuts down', () => {
  let service: Service;
  let finish: () => void;

  beforeEach(async () => {
    service = await Service.start();
    const { promise: finished, resolve } = Promise.withResolvers<void>();
    finish = resolve;
    service.upstream.answerWith(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
      await finished;
      for (const last of ending('stop')) response.write(toServerSentEvent(last));
      response.end('data: [DONE]\n\n');
    });
  });
  afterEach(() => service.upstream.close());

  it('finishes its streams over HTTP/1.1 and HTTP/2, and accepts no new ones', async () => {
    const http2 = new Http2Client(service.url);
    const stream = http2.open(PATH, BODY);
    await once(stream, 'response');
    const response = await fetch(service.url + PATH, { method: 'POST', body: BODY });
    const goneAway = once(http2.session, 'goaway');

    const closed = service.proxy.close();
    await goneAway;
    const refused = connect(service.proxy.port, '127.0.0.1');
    await expect(once(refused, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    finish();
    const ends = await Promise.all([
      Array.fromAsync(stream as AsyncIterable<Buffer>).then((parts) => Buffer.concat(parts)),
      response.arrayBuffer().then((bytes) => Buffer.from(bytes)),
    ]);
    expect(ends.map((bytes) => bytes.includes('messageStop') && bytes.includes('metadata'))).toEqual([
      true,
      true,
    ]);
    await closed;
    await service.upstream.socketsDownTo(0);
  });

  it('does not wait for clients without requests', async () => {
    const silent = connect(service.proxy.port, '127.0.0.1').on('error', () => undefined);
    const http2 = new Http2Client(service.url);
    await Promise.all([once(silent, 'connect'), once(http2.session, 'remoteSettings')]);
    await service.proxy.close();
  });

  it('does not wait for clients that disconnect', async () => {
    const leaving = new AbortController();
    await fetch(service.url + PATH, { method: 'POST', body: BODY, signal: leaving.signal });
    const closed = service.proxy.close();
    leaving.abort();
    await closed;
    await service.upstream.socketsDownTo(0);
  });
});
