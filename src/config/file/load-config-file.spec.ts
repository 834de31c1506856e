import type { Configuration } from '../configuration.js';
import { EnvironmentVariables } from '../environment-variables.js';
import { readEnvironment } from '../read-environment.js';
import { ConfigFileError } from './config-file.error.js';
import { loadConfigFile, type ConfigSources } from './load-config-file.js';
import { ReadFiles } from './read-files.js';
import { TemporaryDirectory } from '../../../test/support/temporary-directory.js';

const DIGEST = 'ab'.repeat(32);
const MODELS = 'models: [{ match: "*", route: [{ upstream: a }] }]';
const DEFAULTS = {
  maxRetries: 1,
  connectTimeoutMs: 2,
  timeoutMs: 3,
  firstEventTimeoutMs: 4,
  idleTimeoutMs: 5,
  toolCallStreaming: 'buffered' as const,
  countTokens: 'auto' as const,
  mediaUrls: 'auto' as const,
  maxOutputTokens: 6,
};
const VARIABLES = { TEAM_KEY: 'sk-from-environment', EMPTY: '', TWO_LINES: 'sk-1\nsk-2' };

const EXAMPLE = `
upstreams:
  openai:  { baseUrl: https://api.openai.com/v1, apiKeyEnv: TEAM_KEY, dialect: openai }
  local:   { baseUrl: http://vllm:8000/v1, apiKeyFile: key, dialect: vllm, maxConcurrency: 64, timeoutMs: 30000 }
models:
  - match: "*anthropic.claude-3-haiku-*"
    route: [ { upstream: local, model: Qwen/Qwen3-8B }, { upstream: openai, model: gpt-5-mini } ]
    defaults: { maxTokens: 4096 }
    extraBody: { chat_template_kwargs: { enable_thinking: false } }
  - match: "*"
    route: [ { upstream: openai } ]
clients:
  - name: team-a
    accessKeyId: PROXYTEAMA
    secretFile: team-a
    bearerSha256: ${DIGEST.toUpperCase()}
    models: ["*claude*"]
    limits: { requestsPerMinute: 600, concurrent: 50 }
  - { name: team-b, bearerSha256: ${'cd'.repeat(32)} }
auth: { externalHosts: ["llm.example.com:443"], trustForwardedHost: true }
`;

let directory: TemporaryDirectory;
beforeEach(() => {
  directory = new TemporaryDirectory();
  directory.write('key', 'sk-from-file\n');
  directory.write('team-a', 'pass phrase of team-a\r\n');
});
afterEach(() => directory[Symbol.dispose]());

describe('loadConfigFile', () => {
  it('resolves routes and secrets, and adds defaults', async () => {
    const { upstreams, models, clients, ...rest } = await load(EXAMPLE);
    const [openai, local] = upstreams;
    expect(openai).toStrictEqual({
      ...DEFAULTS,
      name: 'openai',
      baseUrl: 'https://api.openai.com/v1',
      apiKey: 'sk-from-environment',
      dialect: 'openai',
      limits: {},
    });
    expect(local).toMatchObject({ apiKey: 'sk-from-file', timeoutMs: 30_000, limits: { concurrent: 64 } });
    expect(models).toStrictEqual([
      {
        match: '*anthropic.claude-3-haiku-*',
        route: [
          { upstream: local, model: 'Qwen/Qwen3-8B' },
          { upstream: openai, model: 'gpt-5-mini' },
        ],
        defaults: { maxTokens: 4096 },
        extraBody: { chat_template_kwargs: { enable_thinking: false } },
      },
      { match: '*', route: [{ upstream: openai }], defaults: {}, extraBody: {} },
    ]);
    expect(models[1]?.route[0]?.upstream).toBe(openai);
    expect(clients).toStrictEqual([
      {
        name: 'team-a',
        models: ['*claude*'],
        limits: { requestsPerMinute: 600, concurrent: 50 },
        accessKeyId: 'PROXYTEAMA',
        secret: 'pass phrase of team-a',
        bearerSha256: DIGEST,
      },
      { name: 'team-b', models: ['*'], limits: {}, bearerSha256: 'cd'.repeat(32) },
    ]);
    expect(rest).toStrictEqual({ externalHosts: ['llm.example.com:443'], trustForwardedHost: true });
  });

  it("does not use the environment's key, address or dialect for the file's upstreams", async () => {
    const environment = readEnvironment({ OPENAI_DIALECT: 'vllm' });
    const { upstreams } = await load(`upstreams: { a: { baseUrl: "http://a:1" } }\n${MODELS}`, {
      // wider than it needs to be, as the settings of the environment are
      defaults: Object.assign(
        { apiKey: 'sk-1', baseUrl: 'x', dialect: environment.OPENAI_DIALECT },
        DEFAULTS,
      ),
    });
    expect(upstreams).toStrictEqual([
      { ...DEFAULTS, name: 'a', baseUrl: 'http://a:1', dialect: 'generic', limits: {} },
    ]);
  });

  it('returns a frozen configuration', async () => {
    const { upstreams, models, clients } = await load(EXAMPLE);
    for (const part of [
      upstreams,
      upstreams[0],
      models[0]?.extraBody['chat_template_kwargs'],
      clients[0]?.limits,
    ])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('keeps the object of an unchanged upstream', async () => {
    const before = await load(EXAMPLE);
    const reordered = EXAMPLE.replace(
      'dialect: vllm, maxConcurrency: 64',
      'maxConcurrency: 64, dialect: vllm',
    );
    const after = await load(reordered.replace('TEAM_KEY, dialect: openai', 'TEAM_KEY'), {}, before);
    expect(after.upstreams[1]).toBe(before.upstreams[1]);
    expect(after.upstreams[0]).not.toBe(before.upstreams[0]);
    expect(after.models[0]?.route[0]?.upstream).toBe(before.upstreams[1]);
  });

  it('creates a new object for an upstream with another key', async () => {
    const before = await load(EXAMPLE);
    directory.write('key', 'sk-rotated');
    const after = await load(EXAMPLE, {}, before);
    expect(after.upstreams.map((upstream) => before.upstreams.includes(upstream))).toEqual([true, false]);
  });

  it.each([
    ['upstreams: {}', 'upstreams: must not be empty'],
    ['a b: {}', 'upstreams.a b: a name is 1 to 64 letters, digits, ".", "_" and "-"'],
    [
      'a: { apiKeyEnv: TEAM_KEY, apiKeyFile: key }',
      'upstreams.a: apiKeyEnv and apiKeyFile exclude each other',
    ],
    ['a: { apiKeyEnv: NOT_SET }', 'upstreams.a.apiKeyEnv: the variable is not set, or empty'],
    ['a: { apiKeyEnv: EMPTY }', 'upstreams.a.apiKeyEnv: the variable is not set, or empty'],
    ['a: { apiKeyEnv: toString }', 'upstreams.a.apiKeyEnv: the variable is not set, or empty'],
    ['a: { apiKeyEnv: TWO_LINES }', 'upstreams.a.apiKeyEnv: holds characters that no such secret has'],
    ['a: { apiKeyFile: sk-absent }', 'upstreams.a.apiKeyFile: cannot be read (ENOENT)'],
    ['a: { apiKeyFile: . }', 'upstreams.a.apiKeyFile: cannot be read (EISDIR)'],
    ['a: { apiKeyFile: empty }', 'upstreams.a.apiKeyFile: is empty'],
    ['a: { apiKeyFile: newline }', 'upstreams.a.apiKeyFile: is empty'],
    ['a: { apiKeyFile: two-lines }', 'upstreams.a.apiKeyFile: holds characters that no such secret has'],
    ['a: { apiKeyFile: team-a }', 'upstreams.a.apiKeyFile: holds characters that no such secret has'],
  ])('refuses upstream %s', async (upstream, problem) => {
    directory.write('empty', '');
    directory.write('newline', '\n');
    directory.write('two-lines', 'sk-1\nsk-2\n');
    const text = upstream.startsWith('upstreams')
      ? `${upstream}\n${MODELS}`
      : `upstreams: { ${upstream.replace('{', '{ baseUrl: "http://a",')} }\n${MODELS}`;
    const problems = await problemsIn(text);
    expect(problems).toContain(problem);
    expect(problems.join()).not.toMatch(/sk-|phrase/);
  });

  it.each([
    ['- { name: a }', ['clients.0: needs an accessKeyId and its secretFile, or a bearerSha256']],
    ['- { name: a, accessKeyId: A }', ['clients.0.secretFile: is missing beside accessKeyId']],
    ['- { name: a, secretFile: team-a }', ['clients.0.accessKeyId: is missing beside secretFile']],
    ['- { name: a, accessKeyId: A, secretFile: absent }', ['clients.0.secretFile: cannot be read (ENOENT)']],
    ['  []', ['clients: must not be empty; without the key everybody may call']],
    ['', ['clients: must not be empty; without the key everybody may call']],
    [
      `- { name: a, bearerSha256: ${DIGEST} }\n- { name: a, bearerSha256: ${DIGEST.toUpperCase()} }`,
      ['clients.1.name: is that of clients.0 too', 'clients.1.bearerSha256: is that of clients.0 too'],
    ],
    [
      '- { name: a, accessKeyId: A, secretFile: team-a }\n- { name: b, accessKeyId: A, secretFile: team-a }',
      ['clients.1.accessKeyId: is that of clients.0 too'],
    ],
  ])('refuses clients %s', async (clients, expected) => {
    const text = `upstreams: { a: { baseUrl: "http://a" } }\n${MODELS}\nclients:\n${clients}`;
    expect(await problemsIn(text)).toEqual(expected);
  });

  it('reports all problems at once', async () => {
    const text = `
upstreams: { a: { baseUrl: "http://a", apiKeyEnv: NOT_SET } }
models: [{ match: a, route: [{ upstream: a }, { upstream: x }] }, { match: b, route: [{ upstream: toString }] }]
clients: [{ name: a }]`;
    expect(await problemsIn(text)).toEqual([
      'models.0.route.1.upstream: there is no upstream "x"',
      'models.1.route.0.upstream: there is no upstream "toString"',
      'clients.0: needs an accessKeyId and its secretFile, or a bearerSha256',
      'upstreams.a.apiKeyEnv: the variable is not set, or empty',
    ]);
  });

  it('reports a missing file in one line', async () => {
    const sources = { ...sourcesOf(directory.path), path: `${directory.path}/absent.yaml` };
    await expect(loadConfigFile(sources, new ReadFiles())).rejects.toThrow(
      `Bad configuration file: ${directory.path}/absent.yaml cannot be read (ENOENT)`,
    );
  });
});

function sourcesOf(path: string): ConfigSources {
  return { path, defaults: DEFAULTS, variables: new EnvironmentVariables(VARIABLES) };
}

async function load(
  text: string,
  sources: Partial<ConfigSources> = {},
  before?: Configuration,
): Promise<Configuration> {
  const path = directory.write('config.yaml', text);
  return loadConfigFile({ ...sourcesOf(path), ...sources }, new ReadFiles(), before?.upstreams);
}

async function problemsIn(text: string): Promise<readonly string[]> {
  const error: unknown = await load(text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ConfigFileError ? error.problems : [];
}
