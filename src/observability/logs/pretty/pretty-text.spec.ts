import { stripVTControlCharacters } from 'node:util';
import type { LogRecord } from './call-text.js';
import { painter } from './paint.js';
import { toPrettyText } from './pretty-text.js';

const TIME = '2026-11-29T08:00:01.000Z';
const CALL: LogRecord = {
  level: 'info',
  time: TIME,
  requestId: '00000000-0000-4000-8000-000000000000',
  operation: 'converse',
  modelId: 'gpt-4o-mini',
  rule: '*',
  upstream: 'openai',
  model: 'gpt-4o-mini',
  attempts: 1,
  status: 200,
  stopReason: 'end_turn',
  inputTokens: 24,
  outputTokens: 8,
  durationMs: 812.4,
  msg: 'converse 200',
};
const CLAUDE = 'us.anthropic.claude-3-5-sonnet-20241022-v2:0';
const REFUSED = {
  upstream: 'local',
  outcome: 'connect',
  code: 'ECONNREFUSED',
  message: 'connect ECONNREFUSED 127.0.0.1:4000',
};

const cases: readonly (readonly [fact: string, record: LogRecord, lines: readonly string[]])[] = [
  ['a call that went well', CALL, ['200 converse gpt-4o-mini 812 ms, 24 in, 8 out']],
  [
    'a stream to another model',
    {
      ...CALL,
      operation: 'converseStream',
      modelId: CLAUDE,
      upstream: 'local',
      model: 'Qwen/Qwen3-8B',
      firstEventMs: 310,
      durationMs: 12_345,
    },
    ['200 converseStream us.anth…2-v2:0 → local/Q…en3-8B 12.3 s, 24 in, 8 out'],
  ],
  [
    'a stream with room for its first event',
    { ...CALL, operation: 'converseStream', firstEventMs: 310.2, inputTokens: undefined },
    ['200 converseStream gpt-4o-mini 812 ms (first 310 ms)'],
  ],
  [
    'a call after a failover, with what was ignored',
    {
      ...CALL,
      attempts: 2,
      failures: [REFUSED],
      ignored: ['guardrailConfig', 'messages.*.content.*.cachePoint'],
    },
    [
      '200 converse gpt-4o-mini → openai/gpt-4o-mini 812 ms, 24 in, 8 out',
      'local: connect ECONNREFUSED 127.0.0.1:4000; ignored: guardrailConfig,',
      'messages.*.content.*.cachePoint',
    ],
  ],
  [
    'a call that failed',
    {
      ...CALL,
      level: 'error',
      status: 500,
      exception: 'InternalServerException',
      failures: [{ upstream: 'openai', outcome: 'error', status: 502 }],
      inputTokens: undefined,
    },
    ['500 converse gpt-4o-mini 812 ms', 'InternalServerException; openai: error 502'],
  ],
  [
    'an answer that was none',
    {
      ...CALL,
      level: 'warn',
      status: 424,
      exception: 'ModelErrorException',
      failures: [
        { upstream: 'openai', outcome: 'unusable', message: 'not JSON', path: '/v1/chat/completions' },
      ],
      inputTokens: undefined,
    },
    ['424 converse gpt-4o-mini 812 ms', 'ModelErrorException; openai: unusable not JSON'],
  ],
  [
    'a path that is wrong',
    {
      ...CALL,
      level: 'error',
      status: 500,
      exception: 'InternalServerException',
      failures: [
        { upstream: 'openai', outcome: 'error', status: 404, message: 'no such path', path: '/chat' },
      ],
      inputTokens: undefined,
    },
    ['500 converse gpt-4o-mini 812 ms', 'InternalServerException; openai: error 404 /chat no such path'],
  ],
  [
    'a request that the proxy refuses',
    {
      ...CALL,
      level: 'warn',
      status: 400,
      exception: 'ValidationException',
      reason: 'The request body is not valid JSON',
      inputTokens: undefined,
    },
    ['400 converse gpt-4o-mini 812 ms', 'ValidationException; The request body is not valid JSON'],
  ],
  [
    'a client that was not let in',
    {
      level: 'warn',
      time: TIME,
      operation: 'converse',
      status: 403,
      exception: 'AccessDeniedException',
      refusal: 'clock',
      durationMs: 1,
    },
    ['403 converse 1 ms', 'AccessDeniedException; clock'],
  ],
  [
    'a path that is none',
    {
      level: 'warn',
      time: TIME,
      method: 'POST',
      path: '/v1/chat/completions',
      status: 404,
      exception: 'UnknownOperationException',
      durationMs: 0.4,
    },
    ['404 POST /v1/chat/completions 0 ms', 'UnknownOperationException'],
  ],
  [
    'a client that left',
    { ...CALL, status: 499, clientLeft: true, inputTokens: undefined },
    ['499 converse gpt-4o-mini 812 ms', 'the client left'],
  ],
  ['what else is said', { level: 'info', time: TIME, context: 'Proxy', msg: 'Listening' }, ['Listening']],
  [
    'a long warning',
    {
      level: 'warn',
      time: TIME,
      msg: 'OPENAI_BASE_URL is not read. Did you mean OPENAI_API_BASE? It is set too.',
    },
    ['warn OPENAI_BASE_URL is not read. Did you mean OPENAI_API_BASE? It is', 'set too.'],
  ],
  [
    'an error with its place and its members',
    {
      level: 'error',
      time: TIME,
      err: { name: 'Error', message: 'm', stack: '    at a (b.js:1)\n    at c' },
      msg: 'm',
      port: 1,
    },
    ['error m', 'at a (b.js:1)', 'at c', 'port: 1'],
  ],
];

const text = (record: LogRecord, isColored = false): string =>
  toPrettyText(JSON.stringify(record), painter(isColored));

describe('toPrettyText', () => {
  it.each(cases)('shows %s', (_, record, lines) => {
    const [first = '', ...more] = lines;
    const expected = [
      expect.stringMatching(/^\d\d:\d\d:\d\d /),
      ...more.map((line) => `         ${line}`),
      '',
    ];
    expect(text(record).split('\n')).toEqual(expected);
    expect(text(record).split('\n')[0]?.slice('hh:mm:ss '.length)).toBe(first);
  });

  it.each(cases)('colors %s, and changes nothing else', (_, record) => {
    expect(text(record, true)).not.toBe(text(record));
    expect(stripVTControlCharacters(text(record, true))).toBe(text(record));
  });

  it('fits 80 columns, whatever names are long', () => {
    const long = 'x'.repeat(200);
    const records = cases.map(([, record]) => record);
    const names = { modelId: long, model: `${long}y`, upstream: 'u'.repeat(64), failures: [] };
    const calls = records
      .filter((record) => 'status' in record)
      .map((call) => Object.assign({}, call, names));
    const lines = [...records, ...calls].flatMap((record) => text(record).split('\n'));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('tells the times of a day apart', () => {
    const midnight = text({ ...CALL, time: new Date(2026, 0, 1, 0, 5, 6).toISOString() });
    expect(midnight.startsWith('00:05:06 ')).toBe(true);
  });
});
