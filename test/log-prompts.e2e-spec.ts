import { errorBody, textChunks, textCompletion } from './support/answers.js';
import { LogLines } from './support/log-lines.js';
import { answerChunks, answerJson, answerText, type UpstreamScript } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const REQUEST = { messages: [{ role: 'user', content: [{ text: 'zebra' }] }] };

const STREAMED = { stream: true, stream_options: { include_usage: true } };

const refusesMaxTokens: UpstreamScript = (request, response) => {
  const refusal = answerJson(errorBody('No', { code: 'unsupported_parameter', param: 'max_tokens' }), 400);
  const isNew = JSON.stringify(request.body).includes('max_completion_tokens');
  return (isNew ? answerJson(textCompletion('walrus')) : refusal)(request, response);
};

async function run(
  variables: Record<string, string>,
  operation: string,
  script?: UpstreamScript,
  body: object = REQUEST,
): Promise<LogLines> {
  const log = new LogLines();
  await using service = await Service.start(variables, log);
  const answer =
    operation === 'converse' ? answerJson(textCompletion('walrus')) : answerChunks(textChunks('wal', 'rus'));
  service.upstream.answerWith(script ?? answer);
  const response = await fetch(`${service.url}/model/m/${operation}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  await log.ofRequest(response.headers.get('x-amzn-requestid'));
  return log;
}

describe('LOG_PROMPTS', () => {
  it('logs a request and its answer at debug, and warns at the start', async () => {
    const { lines } = await run({ LOG_PROMPTS: 'true', LOG_LEVEL: 'debug' }, 'converse');
    expect(lines.find(({ level }) => level === 'warn')?.['msg']).toBe(
      'LOG_PROMPTS is on: the log holds what clients ask and what they are answered',
    );
    const prompt = lines.find(({ msg }) => msg === 'prompt');
    expect(prompt).toMatchObject({
      level: 'debug',
      request: JSON.stringify(REQUEST),
      answer: [{ output: { message: { content: [{ text: 'walrus' }] } } }],
    });
    expect(lines.find(({ msg }) => msg === 'converse 200')?.['requestId']).toBe(prompt?.['requestId']);
  });

  it('logs the events of a stream', async () => {
    const { lines } = await run({ LOG_PROMPTS: 'true', LOG_LEVEL: 'debug' }, 'converse-stream');
    const texts = JSON.stringify(lines.find(({ msg }) => msg === 'prompt')?.['answer']);
    expect(texts).toContain('{"text":"wal"}');
    expect(texts).toContain('"messageStop"');
  });

  const KEY = 'the-own-key-of-the-upstream';
  const ON = { LOG_PROMPTS: 'true', LOG_LEVEL: 'debug', OPENAI_API_KEY: KEY };
  const sent = { model: 'm', messages: [{ role: 'user', content: 'zebra' }] };
  const said = `walrus ${KEY} Bearer sk-0123456789abcdef ${Buffer.from(KEY).toString('base64')}`;
  const redacted = 'walrus [redacted] [redacted] [redacted]';

  it.each<[string, UpstreamScript, string, number, string]>([
    ['a refusal', answerJson(errorBody(said), 400), 'converse', 400, redacted],
    ['a failure as text', answerText(said, 500), 'converse', 500, redacted],
    ['an answer that is none', answerText(`<html>${said}`), 'converse', 424, `<html>${redacted}`],
    ['an error in a 200', answerJson({ error: said }), 'converse', 500, JSON.stringify({ error: redacted })],
    [
      'a stream that is none',
      answerText(`data: ${said}\n\n`, 200, 'text/event-stream'),
      'converse-stream',
      424,
      `data: ${redacted}\n\n`,
    ],
  ])('logs both sides of a failed call, without keys: %s', async (...of) => {
    const [, script, operation, status, answer] = of;
    const { lines, text } = await run(ON, operation, script);
    const request = { ...sent, ...(operation === 'converse-stream' && STREAMED) };
    const prompt = lines.find(({ msg }) => msg === 'prompt') ?? {};
    const calls = prompt['calls'] as { upstream: string; request: string; answer: string }[];
    const readable = calls.map((call) =>
      Object.assign(call, { request: JSON.parse(call.request) as object }),
    );
    expect({ ...prompt, calls: readable }).toMatchObject({
      level: 'debug',
      request: JSON.stringify(REQUEST),
      calls: [{ upstream: 'openai', request, answer }],
    });
    expect(lines.some((line) => line['status'] === status)).toBe(true);
    expect(text).not.toContain(KEY);
    expect(text).not.toContain('sk-0123456789abcdef');
  });

  it('logs both sides of each call of a request', async () => {
    const { lines } = await run({ ...ON, OPENAI_API_KEY: '' }, 'converse', refusesMaxTokens, {
      ...REQUEST,
      inferenceConfig: { maxTokens: 5 },
    });
    expect(lines.find(({ msg }) => msg === 'prompt')?.['calls']).toEqual([
      {
        upstream: 'openai',
        request: JSON.stringify({ ...sent, stream: false, max_completion_tokens: 5 }),
        answer: JSON.stringify(textCompletion('walrus')),
      },
    ]);
  });

  it('warns when the log level hides them', async () => {
    const { lines, text } = await run({ LOG_PROMPTS: 'true', LOG_LEVEL: 'info' }, 'converse');
    expect(lines.map(({ msg }) => msg)).toContain(
      'LOG_PROMPTS is on, but nothing comes of it: LOG_LEVEL is above debug',
    );
    expect(text).not.toMatch(/zebra|walrus/);
  });

  it('is off by default', async () => {
    const { text } = await run({ LOG_LEVEL: 'trace' }, 'converse');
    expect(text).not.toMatch(/zebra|walrus|LOG_PROMPTS/);
  });
});

describe('LOG_LEVEL', () => {
  it('omits the lines of successful requests', async () => {
    const log = new LogLines();
    await using service = await Service.start({ LOG_LEVEL: 'warn' }, log);
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const ask = (model: string, body: string) =>
      fetch(`${service.url}/model/${model}/converse`, { method: 'POST', body });
    await ask('well', JSON.stringify(REQUEST));
    await ask('badly', '{');
    await log.find(({ modelId }) => modelId === 'badly');
    expect(log.requests.map(({ modelId, level }) => [modelId, level])).toEqual([['badly', 'warn']]);
  });
});
