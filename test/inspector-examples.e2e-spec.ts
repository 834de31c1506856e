import { readFileSync } from 'node:fs';
import { type Example, EXAMPLES, filled } from '../inspector/src/examples.ts';
import { textChunks, textCompletion } from './support/answers.js';
import { answerEmbeddings, answerRanking } from './support/embedding-answers.js';
import { GUARDED_FILE } from './support/guarded-file.js';
import { InspectorClient } from './support/inspector-client.js';
import { PLAYLIST, textPrompt } from './support/prompted-file.js';
import { RoutedService } from './support/routed-service.js';
import { answerChunks, answerJson, type UpstreamScript } from './support/scripted-upstream.js';

const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const GUARDRAIL = 'abc123';
const PROMPT = textPrompt({ id: PLAYLIST, text: 'Make me a playlist.' });
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
/** Not the service's own operations, but those of whoever watches it. */
const WATCHING = /^\/health/;

/** Answers whatever an upstream is asked for. */
const answer: UpstreamScript = (request, response) => {
  const { path, body } = request;
  if (path.endsWith('/embeddings')) return answerEmbeddings(request, response);
  if (path.endsWith('/rerank')) return answerRanking(request, response);
  if (path.endsWith('/images/generations'))
    return answerJson({ data: [{ b64_json: PIXEL }] })(request, response);
  const { stream } = (body ?? {}) as { stream?: boolean }; // what the proxy sends
  const script = stream === true ? answerChunks(textChunks('Paris')) : answerJson(textCompletion('Paris'));
  return script(request, response);
};

let service: RoutedService;
let inspector: InspectorClient;
beforeAll(async () => {
  service = await RoutedService.start({ ...GUARDED_FILE, prompts: [PROMPT] }, { INSPECTOR: 'true' });
  inspector = new InspectorClient(service.proxy.managementUrl);
  service.upstream('model').answerWith(answer);
});
afterAll(() => service[Symbol.asyncDispose]());

function routesOf(examples: readonly Example[]): string[] {
  return examples.map(({ path, body }) => `${body === undefined ? 'GET' : 'POST'} ${path}`);
}

/** `{modelId}` matches what an example has in its place. */
function isShown(method: string, path: string): boolean {
  const pattern = new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  return routesOf(EXAMPLES).some((route) => pattern.test(route));
}

describe('The examples of the form', () => {
  it('are there for every operation of the OpenAPI document', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const operations = Object.entries(paths)
      .filter(([path]) => !WATCHING.test(path))
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
      );
    expect(operations.length).toBeGreaterThan(20);
    expect(operations.filter(([method, path]) => !isShown(method, path))).toEqual([]);
  });

  it.each(EXAMPLES.map((example) => [example.name, example] as const))('work: %s', async (name, example) => {
    const wanted = filled(example, { model: MODEL, guardrail: GUARDRAIL, prompt: PLAYLIST });
    const response = await inspector.change('POST', '/calls', wanted);
    const { id = '', status } = (await response.json()) as { id?: string; status: number };
    const isOffered = !name.includes('not offered');
    expect(status).toBe(isOffered ? 200 : 400);
    const call = await inspector.call(id);
    expect(call.path).toBe(wanted.path);
    expect(call.operation).not.toBe('unknown');
    expect(call.request.text).toBe(wanted.body);
  });
});
