import { textChunks, textCompletion } from './support/answers.js';
import { LogLines } from './support/log-lines.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const REQUEST = { messages: [{ role: 'user', content: [{ text: 'zebra' }] }] };

async function run(variables: Record<string, string>, operation: string): Promise<LogLines> {
  const log = new LogLines();
  await using service = await Service.start(variables, log);
  const answer =
    operation === 'converse' ? answerJson(textCompletion('walrus')) : answerChunks(textChunks('wal', 'rus'));
  service.upstream.answerWith(answer);
  const response = await fetch(`${service.url}/model/m/${operation}`, {
    method: 'POST',
    body: JSON.stringify(REQUEST),
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

  it('says when the level hides them', async () => {
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
  it('leaves out the lines of requests that went well', async () => {
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
