import { unreadVariableWarnings } from './unread-variables.js';

const doubts = (names: readonly string[], hasFile = false): string[] =>
  unreadVariableWarnings({ names, hasFile });

describe('unreadVariableWarnings', () => {
  it.each([
    ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
    ['OPENAI_APIBASE', 'OPENAI_API_BASE'],
    ['OPENAI_API_BAS', 'OPENAI_API_BASE'],
    ['openai_api_base', 'OPENAI_API_BASE'],
    ['OPENAI_API_KEYS', 'OPENAI_API_KEY'],
    ['OPENAI_KEY', 'OPENAI_API_KEY'],
    ['OPENAI_DIALEKT', 'OPENAI_DIALECT'],
    ['UPSTREAM_URL', 'OPENAI_API_BASE'],
    ['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT_MS'],
    ['UPSTREAM_TIMEOUT_SECONDS', 'UPSTREAM_TIMEOUT_MS'],
    ['UPSTREAM_MAX_RETRY', 'UPSTREAM_MAX_RETRIES'],
    ['DRAIN_DELAY', 'DRAIN_DELAY_MS'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['MAX_BODY', 'MAX_BODY_MB'],
    ['CONFIGFILE', 'CONFIG_FILE'],
  ])('suggest for %s the variable %s', (name, meant) => {
    expect(doubts([name])).toEqual([`${name} is not read. Did you mean ${meant}?`]);
  });

  it.each(['OPENAI_ORGANIZATION_ID', 'UPSTREAM_FANCY_THING'])(
    'name %s, which resembles no variable',
    (name) => {
      expect(doubts([name])).toEqual([`${name} is not read: there is no such setting`]);
    },
  );

  it('ignore settings, variables of other programs, and links to Services', () => {
    const settings = 'OPENAI_API_BASE PORT LOG_LEVEL';
    const others = 'PATH HOSTNAME LOGNAME SSL_CERT_FILE REDIS_HOST AWS_REGION NODE_OPTIONS MAX_PATH';
    const tracing = 'OTEL_SERVICE_NAME OTEL_EXPORTER_OTLP_HEADERS';
    const links = 'OPENAI_SERVICE_HOST OPENAI_SERVICE_PORT_HTTP UPSTREAM_PORT UPSTREAM_PORT_80_TCP_ADDR';
    const names = [settings, others, tracing, links].flatMap((group) => group.split(' '));
    expect(doubts(names)).toEqual([]);
  });

  it('ignore OPENAI_… if a configuration file replaces them', () => {
    expect(doubts(['OPENAI_BASE_URL', 'UPSTREAM_TIMEOUT'], true)).toEqual([
      'UPSTREAM_TIMEOUT is not read. Did you mean UPSTREAM_TIMEOUT_MS?',
    ]);
  });
});
