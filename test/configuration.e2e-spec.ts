import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Configurations } from '../src/config/configuration.js';
import { nextReload } from './support/next-reload.js';
import { startProxy, type RunningProxy } from './support/proxy.js';
import { TemporaryDirectory } from './support/temporary-directory.js';

const FILE = `
upstreams: { local: { baseUrl: "http://127.0.0.1:1/v1" } }
models: [{ match: "*", route: [{ upstream: local }] }]
`;

let warnings: unknown[];
beforeEach(() => {
  warnings = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void warnings.push(line));
  jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

describe('the configuration', () => {
  it('without a file is the upstream of the environment, for all models and clients', async () => {
    const proxy = await startProxy({
      OPENAI_API_BASE: 'http://127.0.0.1:1/v1',
      OPENAI_API_KEY: 'sk-1',
      OPENAI_DIALECT: 'vllm',
      UPSTREAM_TIMEOUT_MS: '1234',
    });
    const { current } = proxy.app.get(Configurations);
    await proxy.close();
    const upstream = {
      name: 'openai',
      baseUrl: 'http://127.0.0.1:1/v1',
      apiKey: 'sk-1',
      dialect: 'vllm',
      maxRetries: 0,
      connectTimeoutMs: 5_000,
      timeoutMs: 1_234,
      firstEventTimeoutMs: 300_000,
      idleTimeoutMs: 120_000,
      toolCallStreaming: 'live',
      countTokens: 'auto',
      mediaUrls: 'auto',
      limits: {},
    };
    expect(current).toEqual({
      upstreams: [upstream],
      models: [{ match: '*', route: [{ upstream }], defaults: {}, extraBody: {} }],
      clients: [],
      externalHosts: [],
      trustForwardedHost: false,
    });
    expect(current.models[0]?.route[0]?.upstream).toBe(current.upstreams[0]);
  });

  it.each([
    [{}, []],
    [{ OPENAI_API_BASE: 'http://127.0.0.1:4000', OPENAI_DIALECT: 'generic' }, []],
    [{ OPENAI_API_KEY: 'sk-used' }, []],
    [{ OPENAI_API_KEY: 'sk-other', OPENAI_DIALECT: 'vllm' }, ['OPENAI_API_KEY, OPENAI_DIALECT']],
    [{ OPENAI_API_BASE: 'http://127.0.0.1:1/v1' }, ['OPENAI_API_BASE']],
  ])('of a file replaces %j, with a warning', async (variables, ignored) => {
    using directory = new TemporaryDirectory();
    directory.write('key', 'sk-used');
    const file = FILE.replace('/v1"', '/v1", apiKeyFile: key');
    const proxy = await startProxy({ CONFIG_FILE: directory.write('config.yaml', file), ...variables });
    const [upstream] = proxy.app.get(Configurations).current.upstreams;
    await proxy.close();
    expect(upstream).toMatchObject({ name: 'local', dialect: 'generic', apiKey: 'sk-used' });
    expect(warnings.filter((line) => String(line).startsWith('CONFIG_FILE'))).toEqual(
      ignored.map((names) => `CONFIG_FILE is set, so these are ignored: ${names}`),
    );
  });

  it.each([
    [{}, ['OPENAI_API_BASE is not set, so calls go to http://127.0.0.1:4000']],
    [{ OPENAI_API_BASE: '' }, ['OPENAI_API_BASE is not set, so calls go to http://127.0.0.1:4000']],
    [{ OPENAI_API_BASE: 'http://127.0.0.1:4000' }, []],
    [
      { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' },
      [
        'OPENAI_API_BASE is not set, so calls go to http://127.0.0.1:4000',
        'OPENAI_BASE_URL is not read. Did you mean OPENAI_API_BASE?',
      ],
    ],
  ])('of the environment %j warns of missing and misspelt variables', async (variables, expected) => {
    const proxy = await startProxy(variables);
    await proxy.close();
    expect(warnings).toEqual(expected);
  });

  it('of a file does not warn of variables that the file names', async () => {
    using directory = new TemporaryDirectory();
    const file = FILE.replace('/v1"', '/v1", apiKeyEnv: UPSTREAM_SECRET');
    const variables = { UPSTREAM_SECRET: 'sk-1', UPSTREAM_TIMEOUT: '1' };
    const proxy = await startProxy({ CONFIG_FILE: directory.write('config.yaml', file), ...variables });
    await proxy.close();
    expect(warnings).toEqual(['UPSTREAM_TIMEOUT is not read. Did you mean UPSTREAM_TIMEOUT_MS?']);
  });

  it('reads a key from the variable that the file names', async () => {
    using directory = new TemporaryDirectory();
    const file = FILE.replace('/v1"', '/v1", apiKeyEnv: OPENAI_API_KEY');
    const proxy = await startProxy({
      CONFIG_FILE: directory.write('config.yaml', file),
      OPENAI_API_KEY: 'sk-1',
    });
    const [upstream] = proxy.app.get(Configurations).current.upstreams;
    await proxy.close();
    expect(upstream?.apiKey).toBe('sk-1');
    expect(warnings.filter((line) => String(line).startsWith('CONFIG_FILE'))).toEqual([]);
  });

  it('accepts a dialect in any case', async () => {
    using directory = new TemporaryDirectory();
    const file = FILE.replace('/v1"', '/v1", dialect: vLLM');
    const proxy = await startProxy({ CONFIG_FILE: directory.write('config.yaml', file) });
    const [upstream] = proxy.app.get(Configurations).current.upstreams;
    await proxy.close();
    expect(upstream?.dialect).toBe('vllm');
  });

  it('prevents the start when its file is invalid, with one line per problem', async () => {
    using directory = new TemporaryDirectory();
    const path = directory.write('config.yaml', 'upstreams: { a: {} }\nmodels: []');
    await expect(startProxy({ CONFIG_FILE: path })).rejects.toThrow(
      [
        'Bad configuration file: upstreams.a.baseUrl: is missing',
        'Bad configuration file: models: should not be empty',
      ].join('\n'),
    );
  });

  it('shows its reloads as metrics', async () => {
    using directory = new TemporaryDirectory();
    const startS = Date.now() / 1000;
    const proxy = await startProxy({ CONFIG_FILE: directory.write('config.yaml', FILE) });
    const atStart = await gauges(proxy);
    expect(atStart.config_last_reload_successful).toBe(1);
    expect(atStart.config_last_reload_timestamp_seconds).toBeGreaterThanOrEqual(startS);

    const failed = nextReload(proxy);
    directory.write('config.yaml', 'models: [');
    await failed;
    expect(await gauges(proxy)).toEqual({ ...atStart, config_last_reload_successful: 0 });

    const mended = nextReload(proxy);
    directory.write('config.yaml', FILE);
    await mended;
    const atLast = await gauges(proxy);
    await proxy.close();
    expect(atLast.config_last_reload_successful).toBe(1);
    expect(atLast.config_last_reload_timestamp_seconds).toBeGreaterThan(
      atStart.config_last_reload_timestamp_seconds ?? Infinity,
    );
  });
});

async function gauges({ managementUrl }: RunningProxy): Promise<Record<string, number>> {
  const response = await fetch(`${managementUrl}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const samples = (await response.text()).matchAll(/^(config_\w+) (\S+)$/gm);
  return Object.fromEntries([...samples].map(([, name = '', value]) => [name, Number(value)]));
}
