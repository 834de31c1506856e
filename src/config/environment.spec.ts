import { EnvironmentError } from './environment.error.js';
import { readEnvironment } from './read-environment.js';

describe('readEnvironment', () => {
  it('has a default for every variable except keys and certificates', () => {
    expect(readEnvironment({})).toEqual({
      HOST: '127.0.0.1',
      PORT: 8000,
      ALLOWED_HOSTS: [],
      MAX_BODY_MB: 32,
      MANAGEMENT_PORT: 9090,
      OPENAI_API_BASE: 'http://127.0.0.1:4000',
      OPENAI_DIALECT: 'generic',
      UPSTREAM_MAX_RETRIES: 0,
      UPSTREAM_CONNECT_TIMEOUT_MS: 5_000,
      UPSTREAM_TIMEOUT_MS: 600_000,
      UPSTREAM_FIRST_EVENT_TIMEOUT_MS: 300_000,
      UPSTREAM_IDLE_TIMEOUT_MS: 120_000,
      ROUTE_TIMEOUT_MS: 600_000,
      MAX_REQUESTS_IN_FLIGHT: 2_000,
      MAX_BODY_MB_IN_FLIGHT: 128,
      MAX_ANSWER_MB_IN_FLIGHT: 64,
      MAX_CONNECTIONS: 10_000,
      HEADERS_TIMEOUT_MS: 15_000,
      BODY_TIMEOUT_MS: 300_000,
      KEEP_ALIVE_TIMEOUT_MS: 75_000,
      CLIENT_STALL_TIMEOUT_MS: 120_000,
      DRAIN_DELAY_MS: 5_000,
      SHUTDOWN_TIMEOUT_MS: 300_000,
      TOOL_CALL_STREAMING: 'live',
      UPSTREAM_COUNT_TOKENS: 'auto',
      UPSTREAM_MEDIA_URLS: 'auto',
      STREAM_KEEPALIVE_MS: 0,
      UNSUPPORTED_PARAMETERS: 'ignore',
      INSPECTOR: false,
      INSPECTOR_BODY_MB: 0.25,
      INSPECTOR_CALLS: 200,
      INSPECTOR_MB: 32,
      MODEL_MAP: [],
      DOCUMENT_WORKERS: 1,
      DOCUMENT_MEMORY_MB: 256,
      DOCUMENT_TIMEOUT_MS: 30_000,
      DOCUMENT_MAX_WAITING: 32,
      DOCUMENT_CACHE_MB: 16,
      DOCUMENT_MAX_PAGES: 500,
      DOCUMENT_MAX_PAGE_IMAGES: 20,
      DOCUMENT_MAX_CELLS: 200_000,
      DOCUMENT_MAX_CHARACTERS: 2_000_000,
      DOCUMENT_MAX_EXPANDED_MB: 128,
      DOCUMENT_ON_LIMIT: 'refuse',
      LOG_LEVEL: 'info',
      LOG_PROMPTS: false,
    });
  });

  it.each([
    ['text as a number', { PORT: '9000' }, { PORT: 9000 }],
    ['a fraction of a megabyte', { MAX_BODY_MB: '0.5' }, { MAX_BODY_MB: 0.5 }],
    ['an empty variable as unset', { PORT: '', OPENAI_API_KEY: '' }, { PORT: 8000 }],
    ['a base with a path and a query', { OPENAI_API_BASE: 'https://host:1/v1?api-version=2' }, {}],
    ['a cluster-internal name', { OPENAI_API_BASE: 'http://vllm:8000/v1' }, {}],
    ['the path of a file', { CONFIG_FILE: '/etc/proxy/config.yaml' }, {}],
    ['a Redis with a password', { REDIS_URL: 'rediss://:s3cret@redis.cache:6380/1' }, {}],
    ['a Redis of the cluster', { REDIS_URL: 'redis://redis' }, {}],
    ['a limit of tokens', { UPSTREAM_MAX_OUTPUT_TOKENS: '8192' }, { UPSTREAM_MAX_OUTPUT_TOKENS: 8_192 }],
    ['both TLS files', { TLS_CERT_FILE: 'c.pem', TLS_KEY_FILE: 'k.pem' }, {}],
    [
      'names of hosts',
      { ALLOWED_HOSTS: 'Dev.Example, proxy.example:8000,[fd00::1]' },
      { ALLOWED_HOSTS: ['dev.example', 'proxy.example', '[fd00::1]'] },
    ],
    ['a flag', { LOG_PROMPTS: 'true' }, { LOG_PROMPTS: true }],
    ['any free port', { MANAGEMENT_PORT: '0' }, { MANAGEMENT_PORT: 0 }],
    ['a collector', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, {}],
    ['a dialect in capitals', { OPENAI_DIALECT: 'vLLM' }, { OPENAI_DIALECT: 'vllm' }],
    ['a dialect as its makers write it', { OPENAI_DIALECT: 'llama.cpp' }, { OPENAI_DIALECT: 'llamacpp' }],
    ['a server that counts', { UPSTREAM_COUNT_TOKENS: 'server', OPENAI_DIALECT: 'vllm' }, {}],
    ['how upstreams of a file count', { UPSTREAM_COUNT_TOKENS: 'server', CONFIG_FILE: 'c.yaml' }, {}],
    ['a dialect of two words', { OPENAI_DIALECT: 'LM Studio' }, { OPENAI_DIALECT: 'lmstudio' }],
    ['what it does not know, and leaves it out', { PATH: '/bin', NODE_ENV: 'test' }, {}],
  ])('reads %s', (_, variables, expected) => {
    const environment = readEnvironment(variables);
    expect(environment).toMatchObject(expected);
    expect(environment).not.toHaveProperty('PATH');
  });

  it.each([
    ['PORT', { PORT: 'eight' }],
    ['ALLOWED_HOSTS', { ALLOWED_HOSTS: 'http://dev.example' }],
    ['ALLOWED_HOSTS', { ALLOWED_HOSTS: 'a,,b' }],
    ['ALLOWED_HOSTS', { ALLOWED_HOSTS: '*' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '80.5' }],
    ['MAX_BODY_MB', { MAX_BODY_MB: '0' }],
    ['OPENAI_API_BASE', { OPENAI_API_BASE: 'vllm:8000' }],
    ['OPENAI_API_BASE', { OPENAI_API_BASE: 'ftp://host/v1' }],
    ['OPENAI_API_BASE', { OPENAI_API_BASE: 'http://user:secret@host/v1' }],
    ['OPENAI_DIALECT', { OPENAI_DIALECT: 'gpt' }],
    ['UPSTREAM_MAX_RETRIES', { UPSTREAM_MAX_RETRIES: '-1' }],
    ['UPSTREAM_TIMEOUT_MS', { UPSTREAM_TIMEOUT_MS: '0' }],
    ['UPSTREAM_IDLE_TIMEOUT_MS', { UPSTREAM_IDLE_TIMEOUT_MS: '9999999999' }],
    ['ROUTE_TIMEOUT_MS', { ROUTE_TIMEOUT_MS: 'long' }],
    ['REDIS_URL', { REDIS_URL: 'redis.internal:6379' }],
    ['REDIS_URL', { REDIS_URL: 'http://:secret@redis:6379' }],
    ['STREAM_KEEPALIVE_MS', { STREAM_KEEPALIVE_MS: 'on' }],
    ['MAX_REQUESTS_IN_FLIGHT', { MAX_REQUESTS_IN_FLIGHT: '0' }],
    ['MAX_CONNECTIONS', { MAX_CONNECTIONS: 'many' }],
    ['DRAIN_DELAY_MS', { DRAIN_DELAY_MS: '-1' }],
    ['TOOL_CALL_STREAMING', { TOOL_CALL_STREAMING: 'fast' }],
    ['UPSTREAM_COUNT_TOKENS', { UPSTREAM_COUNT_TOKENS: 'always' }],
    ['UPSTREAM_COUNT_TOKENS', { UPSTREAM_COUNT_TOKENS: 'server', OPENAI_DIALECT: 'openai' }],
    ['UPSTREAM_MAX_OUTPUT_TOKENS', { UPSTREAM_MAX_OUTPUT_TOKENS: '0' }],
    ['UPSTREAM_MAX_OUTPUT_TOKENS', { UPSTREAM_MAX_OUTPUT_TOKENS: 'many' }],
    ['UNSUPPORTED_PARAMETERS', { UNSUPPORTED_PARAMETERS: 'warn' }],
    ['MANAGEMENT_PORT', { MANAGEMENT_PORT: '-1' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['LOG_FORMAT', { LOG_FORMAT: 'xml' }],
    ['LOG_PROMPTS', { LOG_PROMPTS: 'yes' }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' }],
    ['TLS_KEY_FILE', { TLS_CERT_FILE: 'c.pem' }],
    ['TLS_CERT_FILE', { TLS_KEY_FILE: 'k.pem' }],
  ])('reports %s in one line without its value: %j', (name, variables) => {
    const [value = ''] = Object.values<string>(variables);
    let message = '';
    try {
      readEnvironment(variables);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).toMatch(new RegExp(`^Bad configuration: .*${name}[^\\n]*$`));
    expect(message.replace(name, '')).not.toContain(`'${value}'`);
    expect(message).not.toContain('secret');
  });

  it('reports all problems at once, one line each', () => {
    const variables = {
      PORT: 'eight',
      LOG_LEVEL: 'loud',
      OPENAI_API_BASE: 'vllm:8000',
      LOG_FORMAT: 'pretty',
    };
    const problems = environmentError(variables);
    expect(problems.message.split('\n')).toEqual([
      expect.stringMatching(/^Bad configuration: PORT /),
      'Bad configuration: OPENAI_API_BASE must be an http:// or https:// URL, without a user or password',
      expect.stringMatching(/^Bad configuration: LOG_LEVEL /),
    ]);
    expect(problems.logFormat).toBe('pretty');
  });

  it('does not keep an invalid log format', () => {
    expect(environmentError({ LOG_FORMAT: 'xml' }).logFormat).toBeUndefined();
  });
});

function environmentError(variables: Record<string, string>): EnvironmentError {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
  }
  throw new Error('there was no problem');
}
