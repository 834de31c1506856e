import { answerJson, startScriptedUpstream } from '../../test/support/scripted-upstream.js';
import type { ScriptedUpstream, UpstreamScript } from '../../test/support/scripted-upstream.js';
import { upstreamOf } from '../../test/support/upstream-target.js';
import { upstreamFailureOf } from '../../test/support/upstream-failure.js';
import { Cancellation } from '../streaming/cancellation.js';
import { UpstreamClient } from './upstream-client.js';

const neverCancelled = new Cancellation();
const soon = { 'retry-after-ms': '1' };

let upstream: ScriptedUpstream;
let client: UpstreamClient;

async function start(scripts: UpstreamScript[], maxRetries: number): Promise<void> {
  upstream = await startScriptedUpstream((request, response) => scripts.shift()?.(request, response));
  client = new UpstreamClient(upstreamOf({ baseUrl: upstream.baseUrl, maxRetries }));
}

afterEach(async () => {
  await client.close();
  await upstream.close();
});

describe('UpstreamClient', () => {
  it.each([
    ['429', 429],
    ['500', 500],
    ['503', 503],
  ])('retries after %s as often as the settings say', async (_name, status) => {
    const busy = answerJson({ error: 'busy' }, status, soon);
    await start([busy, busy, answerJson({ ok: true })], 2);
    const response = await client.send('{"a":1}', { cancellation: neverCancelled });
    await expect(response.text()).resolves.toBe('{"ok":true}');
    expect(upstream.requests.map(({ body }) => body)).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
  });

  it('fails with the last error', async () => {
    const busy = answerJson({ error: 'busy' }, 429, soon);
    await start([busy, busy], 1);
    await expect(upstreamFailureOf(client.send('{}', { cancellation: neverCancelled }))).resolves.toEqual({
      failure: 'status',
      status: 429,
      message: 'busy',
      retryAfterMs: 1,
    });
    expect(upstream.requests).toHaveLength(2);
  });

  it.each([
    ['after a 400', answerJson({ error: 'no' }, 400, soon), 3],
    ['when the server says so', answerJson({ error: 'no' }, 503, { ...soon, 'x-should-retry': 'false' }), 3],
    ['by default', answerJson({ error: 'no' }, 503, soon), 0],
  ])('does not retry %s', async (_name, script, maxRetries) => {
    await start([script], maxRetries);
    await expect(
      upstreamFailureOf(client.send('{}', { cancellation: neverCancelled })),
    ).resolves.toMatchObject({
      message: 'no',
    });
    expect(upstream.requests).toHaveLength(1);
  });

  it('does not retry a 500 that refuses the request', async () => {
    const message = 'image input is not supported - hint: mmproj';
    await start([answerJson({ error: { message, code: 500 } }, 500, soon)], 3);
    await expect(upstreamFailureOf(client.send('{}', { cancellation: neverCancelled }))).resolves.toEqual({
      failure: 'status',
      status: 500,
      code: '500',
      message,
      retryAfterMs: 1,
    });
    expect(upstream.requests).toHaveLength(1);
  });

  it('stops waiting for a retry when it is cancelled, with the reason', async () => {
    await start([answerJson({ error: 'busy' }, 429, { 'retry-after': '50' })], 1);
    const leaving = new Cancellation();
    const call = client.send('{}', { cancellation: leaving });
    await upstream.received(1);
    leaving.cancel(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
  });
});
