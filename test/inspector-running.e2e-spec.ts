import { chunk, ending } from './support/answers.js';
import { InspectorClient } from './support/inspector-client.js';
import { toServerSentEvent } from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { until } from './support/until.js';

const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };

describe('A call that is under way', () => {
  let service: Service;
  let inspector: InspectorClient;
  beforeAll(async () => {
    service = await Service.start({ INSPECTOR: 'true' });
    inspector = new InspectorClient(service.proxy.managementUrl);
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it('is shown as it comes', async () => {
    const { promise: rest, resolve: goOn } = Promise.withResolvers<void>();
    service.upstream.answerWith(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
      await rest;
      for (const last of ending('stop')) response.write(toServerSentEvent(last));
      response.end('data: [DONE]\n\n');
    });
    const feed = await inspector.fetch('/events');
    const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader();
    const response = await fetch(`${service.url}/model/m/converse-stream`, {
      method: 'POST',
      body: JSON.stringify(HELLO),
    });
    const id = response.headers.get('x-amzn-requestid') ?? '';
    let told = '';
    while (!told.includes(`"id":"${id}"`)) told += (await reader?.read())?.value ?? '';
    expect(told).toContain('"isRunning":true');
    const running = await inspector.json<Awaited<ReturnType<InspectorClient['call']>>>(`/calls/${id}`);
    expect(running).toMatchObject({
      id,
      operation: 'converseStream',
      status: 0,
      isRunning: true,
      request: { text: JSON.stringify(HELLO) },
      calls: [{ upstream: 'openai' }],
    });
    expect(JSON.parse(running.answer.text)).toEqual([
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'One' } } },
    ]);
    expect((await inspector.list())[0]).toMatchObject({ id, isRunning: true });
    goOn();
    await response.arrayBuffer();
    const whole = await inspector.call(id);
    expect(whole.status).toBe(200);
    expect(JSON.parse(whole.answer.text)).toHaveLength(5);
    await until(async () => (await inspector.list()).every(({ isRunning }) => isRunning !== true));
    await reader?.cancel();
  });
});
