import { ConverseCommand, ConverseStreamCommand, type Message } from '@aws-sdk/client-bedrock-runtime';
import { textChunks, textCompletion } from '../support/answers.js';
import { answerChunks, answerJson } from '../support/scripted-upstream.js';
import { bedrockClient, ClientAndService, CLEARTEXT } from './bedrock-client.js';

const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
const messages: Message[] = [{ role: 'user', content: [{ text: 'Hello' }] }];
const body = JSON.stringify({ messages });

describe.each(CLEARTEXT)('Model ids over $transport', (transport) => {
  let running: ClientAndService;

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
  });
  afterAll(() => running[Symbol.asyncDispose]());
  beforeEach(() => {
    running.service.reset();
    running.service.upstream.answerWith(answerJson(textCompletion('Hi')));
  });

  it.each([
    ['a colon', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['slashes', 'meta-llama/Llama-3.1-8B-Instruct'],
    ['an ARN', PROFILE],
    ['the ARN of a foundation model', 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2'],
    ['odd characters', "my org/llama 3.1@x+y!'()*~$&,;=ü"],
    ['what looks encoded already', 'a%20b%2Fc%25'],
    ['a question mark and a hash', 'model?version=1#2'],
    ['the name of an operation', 'x/converse/converse-stream'],
    ['a double slash', 'org//model'],
  ])('are sent to the upstream unchanged: %s', async (_, modelId) => {
    await running.client.send(new ConverseCommand({ modelId, messages }));
    running.service.upstream.answerWith(answerChunks(textChunks('Hi')));
    const { stream } = await running.client.send(new ConverseStreamCommand({ modelId, messages }));
    await Array.fromAsync(stream ?? []);
    expect(running.service.upstreamRequests).toMatchObject([
      { model: modelId },
      { model: modelId, stream: true },
    ]);
  });

  it.each([
    ['dots that climb', '../../health'],
    ['a control character', 'model\nname'],
    ['a stored prompt', 'arn:aws:bedrock:us-east-1:123456789012:prompt/PROMPT1234'],
    ['more than 2048 characters', 'x'.repeat(2_049)],
  ])('are refused with %s', async (_, modelId) => {
    await expect(running.client.send(new ConverseCommand({ modelId, messages }))).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    expect(running.service.upstreamRequests).toEqual([]);
  });

  it.each([
    ['a raw colon', '/model/anthropic.claude-v2:1/converse', 'anthropic.claude-v2:1'],
    ['an ARN with raw slashes', `/model/${PROFILE}/converse`, PROFILE],
    ['an ARN encoded in part', `/model/${PROFILE.replace('/', '%2F')}/converse`, PROFILE],
    ['lower-case hex', '/model/a%3a%2fb/converse', 'a:/b'],
    ['a query', '/model/m/converse?x=1', 'm'],
  ])('are understood from %s', async (_, path, model) => {
    const response = await fetch(running.service.url + path, { method: 'POST', body });
    expect(response.status).toBe(200);
    expect(running.service.upstreamRequests).toMatchObject([{ model }]);
  });

  it.each([
    ['broken percent-encoding', '/model/%E0%A4%A/converse', 400, 'ValidationException'],
    ['no id', '/model//converse', 404, 'UnknownOperationException'],
    ['no id and no slash', '/model/converse', 404, 'UnknownOperationException'],
  ])('are refused with %s', async (_, path, status, type) => {
    const response = await fetch(running.service.url + path, { method: 'POST', body });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, type]);
    expect(await response.json()).toEqual({ message: expect.any(String) as string });
  });
});

describe.each(CLEARTEXT)('Endpoints over $transport', (transport) => {
  let running: ClientAndService;

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
    running.service.upstream.answerWith(answerJson(textCompletion('Hi')));
  });
  afterAll(() => running[Symbol.asyncDispose]());

  const ask = async (endpoint: string) => {
    const client = bedrockClient(endpoint, transport);
    try {
      return await client.send(new ConverseCommand({ modelId: 'm', messages }));
    } finally {
      client.destroy();
    }
  };

  it('may end with a slash', async () => {
    await expect(ask(`${running.service.url}/`)).resolves.toMatchObject({ stopReason: 'end_turn' });
  });

  it('may not have a path prefix', async () => {
    await expect(ask(`${running.service.url}/bedrock`)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      $metadata: { httpStatusCode: 404, attempts: 1 },
    });
  });
});
