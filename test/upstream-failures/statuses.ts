import { answerJson, answerText, type UpstreamScript } from '../support/scripted-upstream.js';
import {
  busy,
  error,
  failed,
  failures,
  internal,
  invalid,
  modelError,
  noAccess,
  notReady,
  overQuota,
  page,
  throttled,
  timedOut,
  tooLong,
  unknownModel,
  type Failure,
} from './failure.js';

const OVERFLOW = "This model's maximum context length is 8192 tokens.";
const KEYS =
  'Key sk-proj-Abc123_x of org-Abc123 and proj_Abc123 is not known at https://vllm.svc.internal:8000/v1';
const KEYS_REDACTED = 'Key [redacted] of [redacted] and [redacted] is not known at [redacted]';
const UNREADABLE = ' The upstream does not know this path.';
const REDIRECTS = ' The upstream redirects to another address.';
const redirect = (location: string): UpstreamScript => answerText('', 307, 'text/plain', { location });
const PASSED = 'Slow down.';
const DATE = 'Fri, 01 Jan 2100 00:00:00 GMT';
const flat = (message: string, type: string, code: unknown) => ({
  object: 'error',
  message,
  type,
  param: null,
  code,
});

const OVERFLOW_OF_LITELLM = `litellm.ContextWindowExceededError: litellm.BadRequestError: ContextWindowExceededError: OpenAIException - ${OVERFLOW}
model=team-a. context_window_fallbacks=None. fallbacks=None.

Set 'context_window_fallback' - https://docs.litellm.ai/docs/routing#fallbacks. Received Model Group=team-a
Available Model Group Fallbacks=None LiteLLM Retried: 1 times, LiteLLM Max Retries: 2`;
const NO_IMAGES = 'image input is not supported - hint: you may need to provide the mmproj';
const NO_MODEL =
  'Invalid model name passed in model=x. Call `/v1/models` to view available models for your key.';
const GZIP = Buffer.from('H4sIAAAAAAAAA8tIzcnJVyjPL8pJAQCFEUoNCwAAAA==', 'base64');
const bytes: UpstreamScript = (_, response) => void response.writeHead(418).end(GZIP);
const silent = (status: number): [number, string, string] => [
  400,
  'ValidationException',
  `The model returned status ${status} without a message.`,
];

/** Errors without a readable message. */
const SILENCE = failures([
  ['a body that is empty', answerText('', 418), ...silent(418)],
  ['a body of white space', answerText(' \n', 451), ...silent(451)],
  ['a page', page(451), ...silent(451)],
  ['bytes', bytes, ...invalid('binary data')],
  ['JSON without a message', answerJson({ error: { code: 451 } }, 451), ...silent(451)],
  ['JSON with a blank message', error(451, '  '), ...silent(451)],
  ['JSON with an empty object', answerJson({}, 400), ...silent(400)],
  ['a number', answerJson(7, 422), ...silent(422)],
  [
    'nothing beside 429',
    answerText('', 429),
    429,
    'ThrottlingException',
    'Too many requests, please wait before trying again.',
  ],
  ['nothing beside 503', answerText('', 503), ...busy('')],
]);

/** Errors about the request. */
const REQUEST = failures([
  [
    'a bad value',
    error(400, 'top_k is too small', { code: 'invalid_value' }),
    ...invalid('top_k is too small'),
  ],
  ['a text with keys and hosts', error(400, KEYS), ...invalid(KEYS_REDACTED)],
  ['too large', answerText('Payload Too Large', 413), ...invalid('Payload Too Large')],
  [
    'FastAPI',
    answerJson({ detail: [{ loc: ['body', 'n'], msg: 'not an int', type: 'int' }] }, 422),
    ...invalid('not an int'),
  ],
  ['a flat error', answerJson(flat('bad grammar', 'BadRequestError', 400), 400), ...invalid('bad grammar')],
  [
    'a list with an error',
    answerJson([{ error: { code: 400, message: 'bad part', status: 'INVALID_ARGUMENT' } }], 400),
    ...invalid('bad part'),
  ],
  ['overflow of OpenAI', error(400, OVERFLOW, { code: 'context_length_exceeded' }), ...tooLong(OVERFLOW)],
  ['overflow of vLLM', answerJson(flat(OVERFLOW, 'BadRequestError', 400), 400), ...tooLong(OVERFLOW)],
  [
    'overflow of llama.cpp',
    answerJson(
      {
        error: {
          code: 400,
          type: 'exceed_context_size_error',
          message: 'request (9 tokens) is too large',
          n_ctx: 8,
        },
      },
      400,
    ),
    ...tooLong('request (9 tokens) is too large'),
  ],
  ['overflow of LiteLLM', error(400, OVERFLOW_OF_LITELLM, { type: null, code: '400' }), ...tooLong(OVERFLOW)],
  ['images as a failure', error(500, NO_IMAGES, { type: 'server_error', code: 500 }), ...invalid(NO_IMAGES)],
  [
    'images as a failure in a 200',
    answerJson({ error: { message: NO_IMAGES, type: 'server_error', code: 500 } }),
    ...invalid(NO_IMAGES),
  ],
  [
    'overflow as a failure',
    error(500, 'the input exceeds the available context size', { type: 'api_error' }),
    ...tooLong('the input exceeds the available context size'),
  ],
]);

/** Errors about the proxy's account or its permissions. */
const REFUSALS = failures([
  [
    'a wrong key',
    error(401, 'Incorrect API key provided: sk-abc***xyz.', { code: 'invalid_api_key' }),
    500,
    'InternalServerException',
    'The system encountered an unexpected error: upstream authentication failed.',
  ],
  [
    'no credit',
    error(402, 'Insufficient Balance', { type: 'unknown_error' }),
    ...overQuota('Insufficient Balance'),
  ],
  [
    'no quota',
    error(429, 'You exceeded your current quota.', { code: 'insufficient_quota' }),
    ...overQuota('You exceeded your current quota.'),
  ],
  ['no permission', error(403, 'Project is not allowed here.'), ...noAccess('Project is not allowed here.')],
  [
    'no such model of OpenAI',
    error(404, 'The model does not exist.', { code: 'model_not_found' }),
    ...unknownModel('The model does not exist.'),
  ],
  [
    'no such model of vLLM',
    answerJson(flat('The model `x` does not exist.', 'NotFoundError', 404), 404),
    ...unknownModel('The model `x` does not exist.'),
  ],
  [
    'no such model of Ollama',
    error(404, "model 'x' not found", { type: 'not_found_error' }),
    ...unknownModel("model 'x' not found"),
  ],
  [
    'no such model of LiteLLM',
    error(400, `{'error': '/chat/completions: ${NO_MODEL}'}`, { type: 'None', param: 'None', code: '400' }),
    ...unknownModel(NO_MODEL),
  ],
  ['no such model of DeepSeek', error(400, 'Model Not Exist'), ...unknownModel('Model Not Exist')],
  ['no such path', answerText('404 page not found', 404), ...internal(UNREADABLE)],
  ['no such path, as a page', page(404), ...internal(UNREADABLE)],
  ['another method', answerJson({ detail: 'Method Not Allowed' }, 405), ...internal()],
  ['another media type', answerText('Unsupported Media Type', 415), ...internal()],
  [
    'a redirect',
    redirect('http://sk-a:b@10.0.0.7:8000/v2/chat/completions?key=secret'),
    ...internal(REDIRECTS),
  ],
  ['a redirect to nowhere', answerText('', 308), ...internal(REDIRECTS)],
  ['a status that is no redirect', answerText('', 304), ...internal()],
]);

/** Statuses of servers, and of gateways in front of them. */
const TROUBLE = failures([
  ['a timeout of its own', error(408, 'timed out'), ...timedOut],
  ['a conflict', error(409, 'try again'), ...busy('try again')],
  ['flex capacity', error(498, 'over capacity'), ...busy('over capacity')],
  [
    'an error of its own',
    error(500, 'CUDA error at /opt/vllm/worker.py', { type: 'server_error' }),
    ...internal(),
  ],
  ['not implemented', answerText('', 501), ...internal()],
  ['a bad gateway', page(502), ...internal()],
  ['a gateway timeout', page(504), ...internal()],
  ['a web server that is down', page(521), ...internal()],
  [
    'too busy',
    error(503, 'The server is overloaded.', { code: 'server_is_overloaded' }),
    ...busy('The server is overloaded.'),
  ],
  ['too busy, as a page', page(503), ...busy('')],
  ['overloaded', error(529, 'Overloaded', { type: 'overloaded_error' }), ...busy('Overloaded')],
  ['loading its model', error(503, 'Loading model', { type: 'unavailable_error', code: 503 }), ...notReady],
]);

/** Errors of the model, which a retry does not fix. */
const MODEL_ERRORS = [
  ...failures([['a failed dependency', error(424, 'no result'), ...failed('no result')]], {
    fields: { originalStatusCode: 424 },
  }),
  ...failures(
    [
      [
        'a tool call that it could not read',
        error(400, 'Failed to call a function.', { code: 'tool_use_failed', failed_generation: '<secret>' }),
        ...modelError('The model returned a malformed tool call.'),
      ],
    ],
    { fields: { originalStatusCode: 400 } },
  ),
];

/** Limits, and the time to wait. */
const LIMITS: readonly Failure[] = (
  [
    ['no time', {}, null, null],
    ['seconds', { 'retry-after': '7' }, '7', '7000'],
    ['a date', { 'retry-after': DATE }, DATE, expect.stringMatching(/^\d{13}$/)],
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, '2', '1500'],
    ['milliseconds alone', { 'retry-after-ms': '1500' }, '2', '1500'],
    [
      'the reset of a limit that is used up',
      {
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '1m2.5s',
        'x-ratelimit-remaining-requests': '9',
        'x-ratelimit-reset-requests': '5m',
      },
      '63',
      '62500',
    ],
    ['something else', { 'retry-after': 'soon\tsk-abc123' }, null, null],
  ] as const
).map(([name, headers, retryAfter, amzRetryAfter]) => {
  const script = error(429, PASSED, { code: 'rate_limit_exceeded' }, headers);
  const [failure] = failures([[`a limit that tells ${name}`, script, ...throttled(PASSED)]], {
    headers: { 'retry-after': retryAfter, 'x-amz-retry-after': amzRetryAfter },
  });
  return failure as Failure; // one row in, one out
});

const MORE_LIMITS = [
  ...failures([
    [
      'a limit of Gemini',
      answerJson(
        [{ error: { code: 429, message: 'Resource has been exhausted', status: 'RESOURCE_EXHAUSTED' } }],
        429,
      ),
      ...throttled('Resource has been exhausted'),
    ],
    [
      'a limit of Mistral',
      answerJson(flat('Service tier capacity exceeded for this model.', 'invalid_request_error', null), 429),
      ...throttled('Service tier capacity exceeded for this model.'),
    ],
    [
      'a limit told as a bad request',
      error(400, 'Quota exceeded for requests per minute'),
      ...throttled('Quota exceeded for requests per minute'),
    ],
  ]),
  ...failures(
    [['a busy server that tells when', error(503, 'Busy.', {}, { 'retry-after': '30' }), ...busy('Busy.')]],
    {
      headers: { 'retry-after': '30', 'x-amz-retry-after': '30000' },
    },
  ),
];

export const STATUSES: readonly Failure[] = [
  ...SILENCE,
  ...REQUEST,
  ...REFUSALS,
  ...TROUBLE,
  ...MODEL_ERRORS,
  ...LIMITS,
  ...MORE_LIMITS,
];
