import { APIError } from '@anthropic-ai/sdk';
import { byModel, errorBody } from '../support/answers.js';
import { answerJson, answerText, type UpstreamScript } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { BEDROCK_CLIENTS, MESSAGES_CLIENTS, type MessagesClient } from './anthropic-clients.js';

const refuse = (status: number, message = 'No', details = {}): UpstreamScript =>
  answerJson(errorBody(message, details), status);
const soon = (status: number, message: string, details = {}): UpstreamScript =>
  answerJson(errorBody(message, details), status, { 'retry-after-ms': '1' });

/** What a client gets, and how often it tries. The SDKs differ in the classes of some errors. */
interface Expected {
  readonly error: string;
  readonly status: number;
  readonly tries: number;
}

interface OwnExpected extends Expected {
  /** Of the body. */
  readonly type: string;
}

const expected = (error: string, status: number, tries: number): Expected => ({ error, status, tries });
const own = (error: string, status: number, type: string, tries: number): OwnExpected => {
  return { error, status, tries, type };
};
const INVALID = own('BadRequestError', 400, 'invalid_request_error', 1);
const INTERNAL = own('InternalServerError', 500, 'api_error', 3);

/** What the upstream does, and what becomes of it at Bedrock's doors and at Anthropic's. */
const FAILURES: readonly [upstream: string, script: UpstreamScript, bedrock: Expected, own: OwnExpected][] = [
  ['400', refuse(400), expected('BadRequestError', 400, 1), INVALID],
  ['401', refuse(401, 'bad key'), expected('InternalServerError', 500, 3), INTERNAL],
  [
    '402',
    refuse(402),
    expected('BadRequestError', 400, 1),
    own('APIError|PaymentRequiredError', 402, 'billing_error', 1),
  ],
  [
    '403',
    refuse(403),
    expected('PermissionDeniedError', 403, 1),
    own('PermissionDeniedError', 403, 'permission_error', 1),
  ],
  [
    '404 for the model',
    refuse(404, 'x', { code: 'model_not_found' }),
    expected('NotFoundError', 404, 1),
    own('NotFoundError', 404, 'not_found_error', 1),
  ],
  // the SDKs repeat 408, which at Anthropic's doors is prevented
  [
    '408',
    refuse(408),
    expected('APIError|RequestTimeoutError', 408, 3),
    own('InternalServerError|GatewayTimeoutError|DeadlineExceededError', 504, 'timeout_error', 1),
  ],
  [
    '429',
    soon(429, 'Slow down'),
    expected('RateLimitError', 429, 3),
    own('RateLimitError', 429, 'rate_limit_error', 3),
  ],
  ['500', refuse(500), expected('InternalServerError', 500, 3), INTERNAL],
  [
    '503',
    soon(503, 'busy'),
    expected('InternalServerError|ServiceUnavailableError', 503, 3),
    own('InternalServerError|OverloadedError', 529, 'overloaded_error', 3),
  ],
  [
    'HTML',
    answerText('<html></html>', 200, 'text/html'),
    expected('APIError', 424, 1),
    own('InternalServerError', 500, 'api_error', 1),
  ],
];

describe.each([...BEDROCK_CLIENTS, ...MESSAGES_CLIENTS])('Errors by $name', ({ create, hasOwnErrors }) => {
  let service: Service;
  let client: MessagesClient;
  let failures: Map<string, unknown>;

  const ask = (model: string) =>
    client.messages.create({ model, max_tokens: 10, messages: [{ role: 'user', content: 'Hello' }] });

  /** All at once, each to a model of its own: the waits between attempts add up otherwise. */
  beforeAll(async () => {
    service = await Service.start();
    client = create(service.url, { maxRetries: 2 });
    service.upstream.answerWith(byModel(new Map(FAILURES.map(([name, script]) => [modelOf(name), script]))));
    const asked = FAILURES.map(async ([name]): Promise<[string, unknown]> => {
      return [name, await ask(modelOf(name)).catch((error: unknown) => error)];
    });
    failures = new Map(await Promise.all(asked));
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it.each(FAILURES)('of the upstream: %s', (name, _script, atBedrock, atOwnDoors) => {
    const failure = failures.get(name);
    const tries = service.upstreamRequests.filter(
      (body) => (body as { model: string }).model === modelOf(name), // every request has a model
    ).length;
    const { error, status, type } = { type: undefined, ...(hasOwnErrors ? atOwnDoors : atBedrock) };
    expect({ error: classOf(failure), ...detailsOf(failure), tries }).toEqual({
      error: expect.stringMatching(`^(?:${error})$`) as string,
      status,
      type,
      tries: (hasOwnErrors ? atOwnDoors : atBedrock).tries,
    });
  });
});

function modelOf(name: string): string {
  return `anthropic.${name.replaceAll(/\W+/g, '-')}`;
}

function classOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : String(error);
}

function detailsOf(failure: unknown): { status?: unknown; type?: unknown } {
  if (!isApiError(failure)) return {};
  const body: { error?: { type?: string } } | undefined = failure.error;
  return { status: failure.status, type: body?.error?.type };
}

/** The classes of the older SDK are another package's. */
function isApiError(failure: unknown): failure is APIError {
  return failure instanceof APIError || (failure instanceof Error && 'status' in failure);
}
