import { jest } from '@jest/globals';
import {
  answerJson,
  answerText,
  startScriptedUpstream,
  type ScriptedUpstream,
  type UpstreamScript,
} from '../../../test/support/scripted-upstream.js';
import { UsageError } from '../usage.error.js';
import { chooseServer } from './choose-server.js';
import { findServers, type FoundServer } from './find-servers.js';

const listOf = (...models: object[]) => ({ object: 'list', data: models });
const model = (id: string, owned_by: string, created = 1) => ({ id, object: 'model', created, owned_by });

const servers: ScriptedUpstream[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Starts a server for each script, and looks for them. */
async function find(...scripts: UpstreamScript[]): Promise<FoundServer[]> {
  for (const script of scripts) servers.push(await startScriptedUpstream(script));
  return findServers({ ports: servers.map(portOf), without: 0 });
}

const portOf = ({ origin }: ScriptedUpstream): number => Number(new URL(origin).port);

describe('A server on this machine', () => {
  it.each<[string, object, Partial<FoundServer>]>([
    ['Ollama', listOf(model('qwen3:0.6b', 'library')), { dialect: 'ollama', models: ['qwen3:0.6b'] }],
    ['Ollama without a model', { object: 'list', data: null }, { dialect: 'ollama', models: [] }],
    ['vLLM', listOf(model('Qwen/Qwen3-8B', 'vllm')), { dialect: 'vllm', models: ['Qwen/Qwen3-8B'] }],
    ['SGLang', listOf(model('m', 'sglang')), { dialect: 'sglang', models: ['m'] }],
    ['llama.cpp', { ...listOf(model('m', 'llamacpp')), models: [] }, { dialect: 'llamacpp', models: ['m'] }],
    ['LM Studio', listOf(model('m', 'organization_owner')), { dialect: 'lmstudio', models: ['m'] }],
    ['LiteLLM', listOf(model('m', 'openai', 1_677_610_602)), { dialect: 'litellm', models: ['m'] }],
    [
      'another',
      listOf(model('m', 'constructor'), {}, model('n', '')),
      { dialect: 'generic', models: ['m', 'n'] },
    ],
  ])('is told by its answer: %s', async (_, answer, expected) => {
    const found = await find(answerJson(answer));
    expect(found).toEqual([{ baseUrl: servers[0]?.baseUrl, ...expected }]);
  });

  it('is told by a header of LiteLLM, and may want a key', async () => {
    const found = await find(answerJson({ error: {} }, 401, { 'x-litellm-version': '1' }));
    expect(found).toEqual([{ baseUrl: servers[0]?.baseUrl, dialect: 'litellm' }]);
  });

  it('is asked for its models without a key, once', async () => {
    process.env['OPENAI_API_KEY'] = 'sk-of-somebody';
    await find(answerJson(listOf()));
    delete process.env['OPENAI_API_KEY'];
    const [request, ...more] = servers[0]?.requests ?? [];
    expect(more).toEqual([]);
    expect(request).toMatchObject({ method: 'GET', path: '/v1/models' });
    expect(request?.headers).not.toHaveProperty('authorization');
  });

  it.each<[string, UpstreamScript]>([
    ['a page', answerText('<html>', 200, 'text/html')],
    ['JSON of another form', answerJson({ data: 'list' })],
    ['a list of something else', answerJson({ object: 'list', data: {} })],
    ['nothing there', answerText('', 404)],
    ['a failure', answerJson(listOf(model('m', 'vllm')), 500)],
    ['this proxy', answerJson({ object: 'list', data: [] }, 200, { 'x-amzn-requestid': 'a' })],
    ['more than 1 MB', answerText(JSON.stringify(listOf(model('m'.repeat(1024 * 1024), 'vllm'))))],
    ['no answer', () => undefined],
    ['a connection that breaks', (_request, response) => response.destroy()],
  ])('is not %s', async (_, script) => {
    expect(await find(script)).toEqual([]);
  });

  it('is not where a redirect leads', async () => {
    const other = await startScriptedUpstream(answerJson(listOf(model('m', 'vllm'))));
    const location = `${other.baseUrl}/models`;
    expect(await find(answerText('', 302, 'text/plain', { location }))).toEqual([]);
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('is not on the own port', async () => {
    const own = await startScriptedUpstream(answerJson(listOf(model('m', 'vllm'))));
    servers.push(own);
    expect(await findServers({ ports: [portOf(own)], without: portOf(own) })).toEqual([]);
    expect(own.requests).toEqual([]);
  });
});

describe('The choice of a server', () => {
  const ollama: FoundServer = { baseUrl: 'http://127.0.0.1:11434/v1', dialect: 'ollama', models: ['a', 'b'] };
  const vllm: FoundServer = { baseUrl: 'http://127.0.0.1:8000/v1', dialect: 'vllm', models: [] };
  const locked: FoundServer = { baseUrl: 'http://127.0.0.1:4000/v1', dialect: 'litellm' };
  let said: string;
  beforeEach(() => {
    said = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('takes the only one that can be used, and lists what is there', async () => {
    expect(await chooseServer([ollama, locked], true)).toBe(ollama);
    expect(said).toBe(
      'Found on this machine:\n' +
        '  http://127.0.0.1:11434/v1 (ollama): a, b\n' +
        '  http://127.0.0.1:4000/v1 (litellm): wants a key\n',
    );
  });

  it.each<[string, FoundServer[], boolean, string]>([
    ['there is none', [], true, 'No OpenAI-compatible server was found'],
    ['there are two', [ollama, vllm], true, '--upstream http://127.0.0.1:8000/v1 --dialect vllm'],
    ['it wants a key', [locked], true, 'OPENAI_API_KEY=… bedrock-to-openai-proxy --upstream'],
    ['nobody is there to say yes', [ollama], false, 'or take the only one with --discover'],
  ])('is left to the user when %s', async (_, servers, takesOnlyOne, message) => {
    const choice = chooseServer(servers, takesOnlyOne);
    await expect(choice).rejects.toBeInstanceOf(UsageError);
    await expect(choice).rejects.toThrow(message);
  });
});
