import { answersWith } from './support/doors.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';
import { errorBody } from './support/answers.js';

const ASKED = 64_000;
const LIMIT = 100;
const CHAT = [{ role: 'user', content: 'Hi' }];
const CONVERSE = [{ role: 'user', content: [{ text: 'Hi' }] }];

const invoke = (model: string): string => `/model/${model}/invoke`;

/** Door, body, and the path that is reported. */
const CASES: readonly (readonly [name: string, path: string, body: object, reported: string])[] = [
  [
    'Converse',
    '/model/any/converse',
    { messages: CONVERSE, inferenceConfig: { maxTokens: ASKED } },
    'inferenceConfig.maxTokens',
  ],
  [
    'Anthropic Messages',
    invoke('any'),
    { anthropic_version: 'bedrock-2023-05-31', max_tokens: ASKED, messages: CHAT },
    'max_tokens',
  ],
  ['/v1/messages', '/v1/messages', { model: 'any', max_tokens: ASKED, messages: CHAT }, 'max_tokens'],
  ['an OpenAI body', invoke('any'), { messages: CHAT, max_tokens: ASKED }, 'max_tokens'],
  [
    'the OpenAI door',
    '/openai/v1/chat/completions',
    { model: 'any', messages: CHAT, max_completion_tokens: ASKED },
    'max_completion_tokens',
  ],
  [
    'Nova',
    invoke('amazon.nova-lite-v1:0'),
    { messages: CONVERSE, inferenceConfig: { max_new_tokens: ASKED } },
    'inferenceConfig.max_new_tokens',
  ],
  ['Llama', invoke('meta.llama3-8b'), { prompt: 'Hi', max_gen_len: ASKED }, 'max_gen_len'],
  ['Mistral', invoke('mistral.mistral-7b'), { prompt: 'Hi', max_tokens: ASKED }, 'max_tokens'],
  ['Mistral chat', invoke('mistral.mistral-large'), { messages: CHAT, max_tokens: ASKED }, 'max_tokens'],
  [
    'Titan text',
    invoke('amazon.titan-text-lite-v1'),
    { inputText: 'Hi', textGenerationConfig: { maxTokenCount: ASKED } },
    'textGenerationConfig.maxTokenCount',
  ],
  ['Command', invoke('cohere.command-text-v14'), { prompt: 'Hi', max_tokens: ASKED }, 'max_tokens'],
  ['Command R', invoke('cohere.command-r-v1:0'), { message: 'Hi', max_tokens: ASKED }, 'max_tokens'],
  ['text completion', invoke('deepseek.r1-v1:0'), { prompt: 'Hi', max_tokens: ASKED }, 'max_tokens'],
  [
    'Anthropic text',
    invoke('anthropic.claude-v2'),
    { prompt: '\n\nHuman: Hi\n\nAssistant:', max_tokens_to_sample: ASKED },
    'max_tokens_to_sample',
  ],
];

/** What an upstream was asked for last. */
const limitAt = (service: RoutedService, upstream: string): unknown =>
  (service.upstream(upstream).requests.at(-1)?.body as { max_tokens?: number } | undefined)?.max_tokens;

describe('maxOutputTokens', () => {
  let service: RoutedService;

  beforeAll(async () => {
    service = await RoutedService.start({
      upstreams: { small: {}, large: {} },
      models: [
        {
          match: '*',
          route: [{ upstream: 'small', maxOutputTokens: LIMIT }, { upstream: 'large' }],
        },
      ],
    });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const ask = async (path: string, body: object) => {
    const response = await fetch(service.proxy.url + path, { method: 'POST', body: JSON.stringify(body) });
    await response.text();
    return [response.status, response.headers.get('x-proxy-ignored-parameters')];
  };

  it.each(CASES)('lowers what %s asks of its target, and says so', async (_, path, body, reported) => {
    service.answerWith({ small: answersWith('Hello') });
    expect(await ask(path, body)).toEqual([200, reported]);
    expect(limitAt(service, 'small')).toBe(LIMIT);
  });

  it.each(CASES)('changes nothing of %s for a target without it', async (_, path, body) => {
    service.answerWith({ small: answerJson(errorBody('busy'), 429), large: answersWith('Hello') });
    expect(await ask(path, body)).toEqual([200, null]);
    expect(limitAt(service, 'large')).toBe(ASKED);
  });
});

describe('UPSTREAM_MAX_OUTPUT_TOKENS', () => {
  it.each([
    ['holds for upstreams that say nothing', 'plain', 5_000],
    ['gives way to what an upstream says', 'small', 200],
    ['gives way to what a target says', 'target', LIMIT],
  ])('%s', async (_, model, limit) => {
    await using service = await RoutedService.start(
      {
        upstreams: { plain: {}, small: { maxOutputTokens: 200 } },
        models: [
          { match: 'plain', route: [{ upstream: 'plain' }] },
          { match: 'small', route: [{ upstream: 'small' }] },
          { match: 'target', route: [{ upstream: 'small', maxOutputTokens: LIMIT }] },
        ],
      },
      { UPSTREAM_MAX_OUTPUT_TOKENS: '5000' },
    );
    const upstream = model === 'plain' ? 'plain' : 'small';
    service.answerWith({ [upstream]: answersWith('Hello') });
    const body = JSON.stringify({ messages: CONVERSE, inferenceConfig: { maxTokens: ASKED } });
    const response = await fetch(`${service.proxy.url}/model/${model}/converse`, { method: 'POST', body });
    expect([response.status, limitAt(service, upstream)]).toEqual([200, limit]);
  });
});
