import { failureToData } from '../../test/support/upstream-failure.js';
import { errorAnswerToUpstreamError, errorEventToUpstreamError, errorInAnswer } from './error-body.js';

const noHeaders = { get: () => null };

describe('errorAnswerToUpstreamError', () => {
  it.each<[server: string, body: unknown, details: Record<string, unknown>]>([
    [
      'OpenAI',
      { error: { message: 'No', type: 'invalid_request_error', param: 'messages', code: 'invalid_value' } },
      { message: 'No', type: 'invalid_request_error', param: 'messages', code: 'invalid_value' },
    ],
    [
      'OpenAI, without param and code',
      { error: { message: 'No', type: 'server_error', param: null, code: null } },
      { message: 'No', type: 'server_error' },
    ],
    [
      'llama.cpp',
      {
        error: {
          code: 400,
          type: 'exceed_context_size_error',
          message: 'request (9 tokens) exceeds',
          n_ctx: 8,
        },
      },
      { message: 'request (9 tokens) exceeds', type: 'exceed_context_size_error', code: '400' },
    ],
    [
      'vLLM, flat',
      { object: 'error', message: 'No', type: 'BadRequestError', param: null, code: 400 },
      { message: 'No', type: 'BadRequestError', code: '400' },
    ],
    [
      'FastAPI',
      {
        detail: [{ type: 'extra_forbidden', loc: ['body', 'top_k'], msg: 'Extra inputs are not permitted' }],
      },
      { message: 'Extra inputs are not permitted', type: 'extra_forbidden', param: 'top_k' },
    ],
    [
      'text in colours, over lines',
      '\u001b[31mNo\u001b[0m\r\n\tat x',
      { message: '\u001b[31mNo\u001b[0m\r\n\tat x' },
    ],
    ['bytes that are not text', 'PK\u0003\u0004x', { message: 'binary data' }],
    ['FastAPI, a text', { detail: 'Not Found' }, { message: 'Not Found' }],
    [
      'Gemini',
      [{ error: { code: 400, message: 'No', status: 'INVALID_ARGUMENT', details: [] } }],
      { message: 'No', code: '400', type: 'INVALID_ARGUMENT' },
    ],
    [
      'OpenRouter',
      {
        error: {
          code: 429,
          message: 'Provider returned error',
          metadata: { raw: 'slow down', provider_name: 'X' },
        },
      },
      { message: 'Provider returned error: slow down', code: '429' },
    ],
    ['Ollama, native', { error: 'model "x" not found' }, { message: 'model "x" not found' }],
    ['a text beside a code', { error: 'Busy', code: 'overloaded' }, { message: 'Busy', code: 'overloaded' }],
    [
      'LiteLLM',
      { error: { message: 'No', type: 'throttling_error', param: null, code: '429' } },
      { message: 'No', type: 'throttling_error', code: '429' },
    ],
    ['a message alone', { message: 'no Route matched' }, { message: 'no Route matched' }],
    [
      'HTML',
      '<html>\n<h1>502 Bad Gateway</h1></html>\n',
      { message: '<html>\n<h1>502 Bad Gateway</h1></html>' },
    ],
    ['a long text', 'x'.repeat(2_000), { message: 'x'.repeat(500) }],
    ['nothing', undefined, { message: 'status 418 without a message' }],
    ['an empty text', '  ', { message: 'status 418 without a message' }],
    ['an empty array', [], { message: 'status 418 without a message' }],
    ['an empty error', { error: {} }, { message: 'status 418 without a message' }],
    [
      'a message that is none',
      { error: { message: { a: 1 }, code: true } },
      { message: 'status 418 without a message' },
    ],
    ['a number', 7, { message: 'status 418 without a message' }],
    ['null', null, { message: 'status 418 without a message' }],
  ])('%s', (_server, body, details) => {
    const error = errorAnswerToUpstreamError(418, body, noHeaders);
    expect(failureToData(error)).toEqual({ failure: 'status', status: 418, ...details });
  });

  it('reads the time to wait', () => {
    const headers = new Headers({ 'retry-after': '3' });
    const error = errorAnswerToUpstreamError(429, { error: 'slow' }, headers);
    expect(failureToData(error)).toEqual({
      failure: 'status',
      status: 429,
      message: 'slow',
      retryAfter: '3',
      retryAfterMs: 3_000,
    });
  });
});

describe('errorInAnswer', () => {
  it.each<[name: string, body: unknown, status: number]>([
    ['a number as code', { error: { code: 429, message: 'x' } }, 429],
    ['a numeric text as code', { error: { code: '503', message: 'x' } }, 503],
    ['a code that is not a status', { error: { code: 3280, message: 'x' } }, 500],
    ['a code that is not an error status', { error: { code: 200, message: 'x' } }, 500],
    ['a code in words', { error: { code: 'rate_limit_exceeded', message: 'x' } }, 429],
    ['a type in words', { error: { type: 'invalid_request_error', message: 'x' } }, 400],
    ['an unknown code beside a type', { error: { code: 'huh', type: 'overloaded_error' } }, 529],
    ['a type in camel case', { object: 'error', type: 'NotFoundError', message: 'x' }, 404],
    ['a status name of Google', [{ error: { status: 'RESOURCE_EXHAUSTED', message: 'x' } }], 429],
    ['neither a code nor a type', { error: { message: 'x' } }, 500],
    ['a text', { error: 'x' }, 500],
    ['an error beside choices', { error: { code: 502 }, choices: [{ finish_reason: 'error' }] }, 502],
    ['a detail in place of choices', { detail: 'x' }, 500],
    ['a message in place of choices', { message: 'x', code: 401 }, 401],
  ])('%s', (_name, body, status) => {
    expect(errorInAnswer(body)).toMatchObject({ failure: 'status', status });
  });

  it.each<[name: string, body: unknown]>([
    ['a completion', { choices: [] }],
    ['an error that is null', { choices: [], error: null }],
    ['an error that is empty', { choices: [], error: {} }],
    ['an error without text', { choices: [], error: '' }],
    ['an error that is false', { choices: [], error: false }],
    ['a message beside choices', { choices: [], message: 'ok', detail: 'fine' }],
    ['a chunk without choices', { usage: { prompt_tokens: 1 } }],
    ['null', null],
    ['a text', 'error'],
    ['an empty array', []],
  ])('finds no error in %s', (_name, body) => {
    expect(errorInAnswer(body)).toBeUndefined();
  });
});

describe('errorEventToUpstreamError', () => {
  it.each<[data: unknown, error: Record<string, unknown>]>([
    [
      { message: 'x', type: 'server_error' },
      { status: 500, message: 'x', type: 'server_error' },
    ],
    [{ error: { code: 400, message: 'x' } }, { status: 400, message: 'x', code: '400' }],
    ['out of memory', { status: 500, message: 'out of memory' }],
    [{}, { status: 500, message: 'an error without a message' }],
  ])('%j', (data, error) => {
    expect(failureToData(errorEventToUpstreamError(data))).toEqual({ failure: 'status', ...error });
  });
});
