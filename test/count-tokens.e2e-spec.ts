import { inTurn, textCompletion } from './support/answers.js';
import {
  byPath,
  countTokens,
  HELLO,
  HELLO_ESTIMATE,
  HELLO_MESSAGES,
  type CountAnswer,
} from './support/counting-upstream.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson, answerText, type UpstreamScript } from './support/scripted-upstream.js';

const TOOL = { toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } };
const WITH_TOOL = { ...HELLO, toolConfig: { tools: [TOOL] } };
const CHAT_TOOL = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};
/** A PNG of 4 × 4 pixels, by its header. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAAElFTkSuQmCC';
const PICTURE = { image: { format: 'png', source: { bytes: PNG } } };
const WITH_IMAGE = { messages: [{ role: 'user', content: [{ text: 'Hello...' }, PICTURE] }] };
const TILE = 85 + 170;

const UPSTREAMS = {
  llamacpp: { dialect: 'llamacpp' },
  vllm: { dialect: 'vllm' },
  sglang: { dialect: 'sglang' },
  litellm: { dialect: 'litellm' },
  openai: { dialect: 'openai' },
  probe: { dialect: 'generic', countTokens: 'probe' },
  estimate: { dialect: 'vllm', countTokens: 'estimate' },
  refuse: { dialect: 'vllm', countTokens: 'refuse' },
  server: { dialect: 'vllm', countTokens: 'server' },
};
const ROUTES = {
  'vllm-then-openai': ['vllm', 'openai'],
  'vllm-then-llamacpp': ['vllm', 'llamacpp'],
  'vllm-then-refuse': ['vllm', 'refuse'],
};

let service: RoutedService;

beforeEach(async () => {
  const alone = Object.keys(UPSTREAMS).map((name) => ({
    match: name,
    route: [{ upstream: name, model: 'm' }],
  }));
  const chained = Object.entries(ROUTES).map(([match, names]) => ({
    match,
    route: names.map((upstream) => ({ upstream, model: 'm' })),
  }));
  service = await RoutedService.start({ upstreams: UPSTREAMS, models: [...alone, ...chained] });
});
afterEach(() => service[Symbol.asyncDispose]());

const count = (modelId: string, converse: object = HELLO): Promise<CountAnswer> =>
  countTokens(service.proxy.url, modelId, { converse });
const answered = (source: string, inputTokens: number): CountAnswer => ({
  status: 200,
  source,
  body: { inputTokens },
});
const ESTIMATED = answered('estimated;source=characters', HELLO_ESTIMATE);
const requestsOf = (name: string) =>
  service.upstream(name).requests.map(({ path, body }) => ({ path, body }));

describe('CountTokens by a server', () => {
  it('asks llama.cpp with the whole chat request', async () => {
    service.answerWith({
      llamacpp: byPath({ '/v1/chat/completions/input_tokens': answerJson({ input_tokens: 42 }) }),
    });
    expect(await count('llamacpp', WITH_TOOL)).toEqual(answered('exact;source=llamacpp', 42));
    expect(requestsOf('llamacpp')).toEqual([
      {
        path: '/v1/chat/completions/input_tokens',
        body: { model: 'm', messages: HELLO_MESSAGES, tools: [CHAT_TOOL] },
      },
    ]);
  });

  it('renders and tokenizes with an earlier llama.cpp, and asks it for no more', async () => {
    const scripts = {
      '/apply-template': answerJson({ prompt: '<user>Hello...' }),
      '/tokenize': answerJson({ tokens: [1, 2, 3] }),
    };
    service.answerWith({ llamacpp: byPath(scripts) });
    expect(await count('llamacpp', WITH_TOOL)).toEqual(answered('exact;source=llamacpp', 3));
    expect(await count('llamacpp', WITH_IMAGE)).toEqual(answered('estimated;source=llamacpp', 3 + TILE));
    const rest = requestsOf('llamacpp').slice(1, 3);
    expect(rest).toEqual([
      { path: '/apply-template', body: { model: 'm', messages: HELLO_MESSAGES, tools: [CHAT_TOOL] } },
      { path: '/tokenize', body: { content: '<user>Hello...', add_special: true, parse_special: true } },
    ]);
    // the missing endpoint was called once
    expect(requestsOf('llamacpp')).toHaveLength(5);
  });

  it('asks vLLM above /v1', async () => {
    service.answerWith({
      vllm: byPath({ '/tokenize': answerJson({ count: 7, max_model_len: 9, tokens: [] }) }),
    });
    const thinking = { additionalModelRequestFields: { chat_template_kwargs: { enable_thinking: false } } };
    expect(await count('vllm', { ...WITH_TOOL, ...thinking })).toEqual(answered('exact;source=vllm', 7));
    expect(await count('vllm', WITH_IMAGE)).toEqual(answered('estimated;source=vllm', 7 + TILE));
    expect(requestsOf('vllm')[0]).toEqual({
      path: '/tokenize',
      body: {
        model: 'm',
        messages: HELLO_MESSAGES,
        tools: [CHAT_TOOL],
        add_generation_prompt: true,
        chat_template_kwargs: { enable_thinking: false },
      },
    });
  });

  it('asks SGLang for the chat, and an earlier one for the texts', async () => {
    service.answerWith({ sglang: byPath({ '/tokenize': answerJson({ count: 11 }) }) });
    expect(await count('sglang')).toEqual(answered('exact;source=sglang', 11));
    const needsPrompt = answerJson({ detail: [{ loc: ['body', 'prompt'], msg: 'Field required' }] }, 422);
    const takesTexts = inTurn(needsPrompt, answerJson({ count: 2 }));
    service.answerWith({ sglang: byPath({ '/tokenize': takesTexts }) });
    // 3 for the request, 4 for the message
    expect(await count('sglang')).toEqual(answered('estimated;source=sglang', 2 + 3 + 4));
    expect(requestsOf('sglang').at(-1)?.body).toEqual({
      model: 'm',
      prompt: 'Hello...',
      add_special_tokens: true,
    });
  });

  it.each([
    ['its provider', 'anthropic_api', answered('exact;source=litellm', 20)],
    // 8 for the tool, and 96 characters
    ['a tokenizer of its own', 'openai_tokenizer', answered('estimated;source=litellm', 20 + 8 + 30)],
  ])('asks LiteLLM, which asks %s', async (_, tokenizer_type, expected) => {
    const answer = answerJson({ total_tokens: 20, request_model: 'm', model_used: 'm', tokenizer_type });
    service.answerWith({ litellm: byPath({ '/utils/token_counter': answer }) });
    expect(await count('litellm', WITH_TOOL)).toEqual(expected);
    expect(requestsOf('litellm')).toEqual([
      {
        path: '/utils/token_counter?call_endpoint=true',
        body: { model: 'm', messages: HELLO_MESSAGES, tools: [CHAT_TOOL] },
      },
    ]);
  });

  it('probes with one token, and with more for a model that refuses one', async () => {
    service.answerWith({ probe: answerJson(textCompletion('H')) });
    expect(await count('probe')).toEqual(answered('exact;source=probe', 11));
    expect(requestsOf('probe').at(-1)).toEqual({
      path: '/v1/chat/completions',
      body: { model: 'm', messages: HELLO_MESSAGES, max_tokens: 1, stream: false },
    });
    const refusal = answerJson({ error: { message: 'max_tokens must be at least 16' } }, 400);
    service.answerWith({ probe: inTurn(refusal, answerJson(textCompletion('H'))) });
    expect(await count('probe')).toEqual(answered('exact;source=probe', 11));
    expect(requestsOf('probe').at(-1)?.body).toMatchObject({ max_tokens: 16 });
  });
});

describe('CountTokens without a server that counts', () => {
  it.each([404, 405, 501])('estimates after a %i, and does not ask again', async (status) => {
    service.answerWith({ vllm: answerJson({ detail: 'no' }, status) });
    expect([await count('vllm'), await count('vllm')]).toEqual([ESTIMATED, ESTIMATED]);
    expect(requestsOf('vllm')).toHaveLength(1);
  });

  it.each(['openai', 'estimate'])('estimates for %s without a call', async (modelId) => {
    expect(await count(modelId)).toEqual(ESTIMATED);
    expect(requestsOf(modelId)).toEqual([]);
  });

  it('refuses if the configuration says so', async () => {
    expect(await count('refuse')).toEqual({
      status: 400,
      source: null,
      body: { message: "The provided model doesn't support counting tokens." },
    });
  });

  it('asks the server every time where nothing else may count', async () => {
    service.answerWith({ server: answerJson({ detail: 'Not Found' }, 404) });
    const failed = expect.objectContaining({ status: 500, source: null });
    expect([await count('server'), await count('server')]).toEqual([failed, failed]);
    expect(requestsOf('server')).toHaveLength(2);
  });

  it('asks the next target when the first fails, and estimates for one that cannot count', async () => {
    service.answerWith({
      vllm: answerJson({ error: 'down' }, 500),
      llamacpp: byPath({ '/v1/chat/completions/input_tokens': answerJson({ input_tokens: 5 }) }),
    });
    expect(await count('vllm-then-llamacpp')).toEqual(answered('exact;source=llamacpp', 5));
    expect(await count('vllm-then-openai')).toEqual(ESTIMATED);
    expect(await count('vllm-then-refuse')).toMatchObject({ status: 400 });
    expect(requestsOf('openai')).toEqual([]);
  });

  it('does not turn away chat requests after failed counts', async () => {
    service.answerWith({ vllm: answerJson({ error: 'no template' }, 500) });
    for (let times = 0; times < 20; times += 1) expect(await count('vllm')).toMatchObject({ status: 500 });
    service.answerWith({ vllm: answerJson(textCompletion('Hi')) });
    expect(await service.converse('vllm')).toMatchObject({ status: 200 });
  });
});

describe('A count that fails', () => {
  const quota = { error: { message: 'x', code: 'insufficient_quota' } };
  it.each<[string, UpstreamScript, number, string]>([
    ['refused', answerJson({ message: 'roles must alternate' }, 400), 400, 'ValidationException'],
    ['a wrong key', answerJson({ error: 'Unauthorized' }, 401), 500, 'InternalServerException'],
    ['a forbidden model', answerJson({ error: 'no' }, 403), 403, 'AccessDeniedException'],
    [
      'an unknown model',
      answerJson({ message: 'The model `m` does not exist.', type: 'NotFoundError' }, 404),
      404,
      'ResourceNotFoundException',
    ],
    ['no money', answerJson(quota, 429), 429, 'ThrottlingException'],
    ['too many', answerJson({ error: 'slow down' }, 429), 429, 'ThrottlingException'],
    [
      'a loading model',
      answerJson({ error: { message: 'Loading model' } }, 503),
      503,
      'ServiceUnavailableException',
    ],
    ['an error', answerJson({ error: 'x' }, 500), 500, 'InternalServerException'],
    ['no JSON', answerText('<html>'), 500, 'InternalServerException'],
    ['no number', answerJson({ count: '7' }), 500, 'InternalServerException'],
    ['a negative number', answerJson({ count: -1 }), 500, 'InternalServerException'],
    ['a fraction', answerJson({ count: 1.5 }), 500, 'InternalServerException'],
    ['a list', answerJson([7]), 500, 'InternalServerException'],
    ['a broken connection', (_request, response) => response.destroy(), 500, 'InternalServerException'],
  ])('because of %s', async (_, script, status, exception) => {
    service.answerWith({ vllm: script });
    const url = `${service.proxy.url}/model/vllm/count-tokens`;
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ input: { converse: HELLO } }),
    });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, exception]);
  });

  it.each([
    ['llamacpp', '/apply-template', { nothing: true }],
    [
      'litellm',
      '/utils/token_counter',
      { total_tokens: 0, error: true, error_message: 'x', status_code: 500 },
    ],
    ['probe', '/v1/chat/completions', { choices: [{ message: { content: 'x' } }] }],
  ])('because %s gives a useless answer at %s', async (modelId, path, answer) => {
    service.answerWith({ [modelId]: byPath({ [path]: answerJson(answer) }) });
    expect(await count(modelId)).toMatchObject({ status: 500, source: null });
  });

  it('because its time is over', async () => {
    await using hasty = await RoutedService.start({
      upstreams: { slow: { dialect: 'vllm', timeoutMs: 50 } },
      models: [{ match: '*', route: [{ upstream: 'slow' }] }],
    });
    expect(await countTokens(hasty.proxy.url, 'm')).toMatchObject({ status: 503, source: null });
  });
});
