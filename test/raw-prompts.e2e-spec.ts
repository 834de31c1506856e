import { decodeEventStream } from './support/event-stream.js';
import { RoutedService } from './support/routed-service.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const PROMPT = '<s>[INST] Hello [/INST]';
const USAGE = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
const CHOICE = { index: 0, logprobs: null };
const IMAGE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start({
    upstreams: { local: { dialect: 'openai' } },
    models: [{ match: '*', route: [{ upstream: 'local', model: 'served' }], completionMode: 'raw' }],
  });
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream('local').requests.length = 0;
});

function invoke(body: object, operation = 'invoke'): Promise<Response> {
  const url = `${service.proxy.url}/model/meta.llama3/${operation}`;
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

function asked(): unknown[] {
  return service.upstream('local').requests.map(({ path, body }) => [path, body]);
}

describe('completionMode raw', () => {
  it('sends the prompt unchanged to the endpoint for text completions', async () => {
    const choices = [{ ...CHOICE, text: ' Hi', finish_reason: 'length' }];
    service.answerWith({ local: answerJson({ object: 'text_completion', choices, usage: USAGE }) });
    const answer = await invoke({ prompt: PROMPT, max_gen_len: 9, temperature: 0.5 });
    expect(await answer.json()).toEqual({
      generation: ' Hi',
      prompt_token_count: 5,
      generation_token_count: 2,
      stop_reason: 'length',
    });
    expect(asked()).toEqual([
      [
        '/v1/completions',
        { model: 'served', prompt: PROMPT, max_tokens: 9, temperature: 0.5, stream: false },
      ],
    ]);
  });

  it('streams it', async () => {
    const text = (piece: string, finish_reason: string | null = null) => ({
      object: 'text_completion',
      choices: [{ ...CHOICE, text: piece, finish_reason }],
    });
    service.answerWith({
      local: answerChunks([text(' Hi'), text('!'), text('', 'stop'), { choices: [], usage: USAGE }]),
    });
    const answer = await invoke({ prompt: PROMPT }, 'invoke-with-response-stream');
    const events = decodeEventStream(await answer.bytes());
    const chunks = events.map(({ chunk }) => {
      const { bytes } = chunk as { bytes: string }; // every event of the stream is a chunk
      return JSON.parse(Buffer.from(bytes, 'base64').toString()) as Record<string, unknown>;
    });
    expect(chunks.map(({ generation, stop_reason }) => [generation, stop_reason])).toEqual([
      [' Hi', null],
      ['!', null],
      ['', 'stop'],
    ]);
    expect(asked()).toEqual([['/v1/completions', expect.objectContaining({ prompt: PROMPT, stream: true })]]);
  });

  it('ends a stream that breaks with an exception', async () => {
    service.answerWith({
      local: (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(
          `data: ${JSON.stringify({ choices: [{ ...CHOICE, text: 'Hi', finish_reason: null }] })}\n\n`,
        );
        response.socket?.end();
      },
    });
    const answer = await invoke({ prompt: PROMPT }, 'invoke-with-response-stream');
    expect(decodeEventStream(await answer.bytes()).map((event) => Object.keys(event)[0])).toEqual([
      'chunk',
      'modelStreamErrorException',
    ]);
  });

  it.each([
    ['messages', { messages: [{ role: 'user', content: [{ text: 'Hello' }] }], inferenceConfig: {} }],
    ['images beside the prompt', { prompt: 'What is it?', images: [IMAGE] }],
  ])('does not concern bodies with %s', async (_, body) => {
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }];
    service.answerWith({ local: answerJson({ choices, usage: USAGE }) });
    expect((await invoke(body)).status).toBe(200);
    expect(asked()).toEqual([['/v1/chat/completions', expect.anything()]]);
  });

  it('answers a failure of the endpoint as any other', async () => {
    service.answerWith({ local: answerJson({ error: { message: 'too long' } }, 400) });
    const answer = await invoke({ prompt: PROMPT });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { message: expect.stringContaining('too long') },
    ]);
  });
});
