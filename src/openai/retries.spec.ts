import { setTimeout } from 'node:timers/promises';
import { answerJson, startScriptedUpstream } from '../../test/support/scripted-upstream.js';
import type { ScriptedUpstream, UpstreamScript } from '../../test/support/scripted-upstream.js';
import { Cancellation } from '../streaming/cancellation.js';
import { Retries } from './retries.js';
import { Transport } from './transport.js';

const RETRY_AFTER_MS = 30;
const soon = { 'retry-after-ms': String(RETRY_AFTER_MS) };
const success = answerJson({ ok: true });

let upstream: ScriptedUpstream;
let transport: Transport;
let url: URL;

async function start(...scripts: UpstreamScript[]): Promise<void> {
  upstream = await startScriptedUpstream((request, response) => scripts.shift()?.(request, response));
  url = new URL(upstream.baseUrl);
  transport = new Transport(url, 1_000);
}

/** → the body of the response that is returned. */
async function send(cancellation = new Cancellation()): Promise<string> {
  const post = () => transport.post({ url, headers: [], body: '{}', cancellation });
  const response = await new Retries(2).execute(post, cancellation);
  return response.text();
}

afterEach(async () => {
  await transport.close();
  await upstream.close();
});

describe('Retries', () => {
  it.each<[name: string, script: UpstreamScript]>([
    ['a status of 408', answerJson({}, 408, soon)],
    ['a status of 409', answerJson({}, 409, soon)],
    ['a status of 502', answerJson({}, 502, soon)],
    ['a status that the server says to retry', answerJson({}, 400, { ...soon, 'x-should-retry': 'true' })],
    ['a connection that breaks', (_request, response) => void response.socket?.destroy()],
  ])('sends again after %s', async (_name, script) => {
    await start(script, success);
    await expect(send()).resolves.toBe('{"ok":true}');
    expect(upstream.requests).toHaveLength(2);
  });

  it('waits as long as the server asks', async () => {
    const busy = answerJson({}, 429, soon);
    await start(busy, busy, success);
    const startMs = performance.now();
    await send();
    // a timer may fire 1 ms early
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(2 * (RETRY_AFTER_MS - 1));
  });

  it('does not wait longer than a minute, whatever the server asks', async () => {
    await start(answerJson({}, 429, { 'retry-after': '61' }), success);
    await expect(send()).resolves.toBe('{"ok":true}');
  });

  it('sends nothing after the cancellation', async () => {
    const cancellation = new Cancellation();
    await start(answerJson({}, 503, soon), success);
    const sending = send(cancellation);
    await upstream.received(1);
    cancellation.cancel(new Error('gone'));
    await expect(sending).rejects.toThrow('gone');
    await setTimeout(2 * RETRY_AFTER_MS);
    expect(upstream.requests).toHaveLength(1);
  });
});
