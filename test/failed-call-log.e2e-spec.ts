import { errorBody, textCompletion } from './support/answers.js';
import { LogLines, type LogLine } from './support/log-lines.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson, answerText, type UpstreamScript } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const VALUE = 'zebra-of-the-prompt';
const PATH = '/v1/chat/completions';

const log = new LogLines();
let service: Service;

beforeAll(async () => {
  service = await Service.start({ LOG_LEVEL: 'warn' }, log);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => log.clear());

async function lineOf(url: string, body: unknown, operation = 'converse'): Promise<LogLine> {
  const response = await fetch(`${url}/model/m/${operation}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.arrayBuffer();
  return log.ofRequest(response.headers.get('x-amzn-requestid'));
}

describe('The log explains why an answer of an upstream is unusable', () => {
  it.each<[string, UpstreamScript, string]>([
    ['a page', answerText(`<html>${VALUE}</html>`, 200, 'text/html'), 'not JSON'],
    ['another object', answerJson({ id: VALUE }), 'an answer without choices'],
    ['a text', answerJson(VALUE), 'not a JSON object'],
    ['no choice', answerJson({ choices: [] }), 'The answer has no choices.'],
  ])('%s', async (_, script, message) => {
    service.upstream.answerWith(script);
    expect(await lineOf(service.url, HELLO)).toMatchObject({
      level: 'warn',
      status: 424,
      failures: [{ upstream: 'openai', outcome: 'unusable', message, path: PATH }],
    });
    expect(log.text).not.toContain(VALUE);
  });

  it('in a stream', async () => {
    service.upstream.answerWith(answerText(`data: ${VALUE}\n\n`, 200, 'text/event-stream'));
    expect(await lineOf(service.url, HELLO, 'converse-stream')).toMatchObject({
      level: 'warn',
      failures: [{ upstream: 'openai', outcome: 'unusable', message: 'not JSON', path: PATH }],
    });
    expect(log.text).not.toContain(VALUE);
  });

  it('at warn, also when another upstream has answered', async () => {
    await using routed = await RoutedService.start(
      {
        upstreams: { first: {}, second: {} },
        models: [{ match: '*', route: [{ upstream: 'first' }, { upstream: 'second' }] }],
      },
      { LOG_LEVEL: 'warn' },
      log,
    );
    routed.answerWith({ first: answerText('<html>'), second: answerJson(textCompletion('Hi')) });
    expect(await lineOf(routed.proxy.url, HELLO)).toMatchObject({
      level: 'warn',
      status: 200,
      failures: [{ upstream: 'first', outcome: 'unusable', message: 'not JSON' }],
    });
  });
});

describe('The log names the path and the broken rule of a refused request', () => {
  const user = (...content: object[]) => ({ role: 'user', content });
  const use = { toolUse: { toolUseId: VALUE, name: 'f', input: {} } };

  it.each<[string, unknown, string]>([
    ['no JSON', `{"${VALUE}`, 'The request body is not valid JSON'],
    [
      'a role that is none',
      { messages: [{ role: VALUE, content: [] }] },
      "1 validation error detected: Value at 'messages.0.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant, system]",
    ],
    [
      'content that cannot be carried',
      { messages: [user({ image: { format: 'png', source: { s3Location: { uri: `s3://${VALUE}/a` } } } })] },
      'The value at messages.0.content.0.image.source.s3Location is not supported: S3 locations are read only with `s3` in the configuration file. Send the content as bytes.',
    ],
    [
      'a document that is none',
      { messages: [user({ document: { name: 'a', format: 'docx', source: { bytes: 'AAAA' } } })] },
      'The value at messages.0.content.0.document.source.bytes is invalid: the document is not a docx file.',
    ],
    [
      'a result that is missing',
      { messages: [user({ text: 'a' }), { role: 'assistant', content: [use] }, user({ text: VALUE })] },
      'Expected 1 more toolResult blocks at messages.2.content',
    ],
    [
      'an id that stands twice',
      { messages: [user({ text: 'a' }), { role: 'assistant', content: [use, use] }] },
      'The toolUse blocks at messages.1.content contain duplicate Ids',
    ],
  ])('%s', async (_, body, reason) => {
    expect(await lineOf(service.url, body)).toMatchObject({ level: 'warn', status: 400, reason });
    expect(log.text).not.toContain(VALUE);
  });

  it('but not the message of an upstream that refuses it', async () => {
    service.upstream.answerWith(answerJson(errorBody(VALUE, { code: 'invalid_value' }), 400));
    const line = await lineOf(service.url, HELLO);
    expect(line['failures']).toEqual([
      { upstream: 'openai', outcome: 'refused', status: 400, code: 'invalid_value', path: PATH },
    ]);
    expect(line['reason']).toBeUndefined();
    expect(log.text).not.toContain(VALUE);
  });
});

describe('The log suggests what is missing in a base URL when the upstream does not know the path', () => {
  const UNKNOWN = 'the upstream does not know the path';

  it.each([
    ['/', '/chat/completions', `${UNKNOWN}: is /v1 missing in the base?`],
    ['/api/', '/api/chat/completions', `${UNKNOWN}: is /v1 missing in the base?`],
    ['/v1', PATH, UNKNOWN],
    ['/v1beta/openai', '/v1beta/openai/chat/completions', UNKNOWN],
  ])('%s', async (base, path, message) => {
    for (const script of [
      answerText('404 page not found', 404),
      answerJson({ detail: 'Not Allowed' }, 405),
    ]) {
      service.upstream.answerWith(script);
      const OPENAI_API_BASE = `${service.upstream.origin}${base}?key=${VALUE}`;
      await using proxy = await Service.start({ OPENAI_API_BASE, LOG_LEVEL: 'warn' }, log);
      const { level, failures } = await lineOf(proxy.url, HELLO);
      const status: unknown = expect.any(Number);
      expect([level, failures]).toEqual([
        'error',
        [{ upstream: 'openai', outcome: 'error', status, message, path }],
      ]);
      expect(log.text).not.toContain(VALUE);
    }
  });

  it('but not when the upstream does not know the model', async () => {
    service.upstream.answerWith(answerJson(errorBody('no', { code: 'model_not_found' }), 404));
    expect((await lineOf(service.url, HELLO))['failures']).toEqual([
      { upstream: 'openai', outcome: 'refused', status: 404, code: 'model_not_found', path: PATH },
    ]);
  });
});
