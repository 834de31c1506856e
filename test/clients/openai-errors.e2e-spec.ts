import OpenAI, {
  APIError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';
import { chunk, errorBody, inTurn, textChunks, textCompletion } from '../support/answers.js';
import { GuardedService, TEAM_A_BEARER } from '../support/guarded-service.js';
import {
  answerChunks,
  answerJson,
  toServerSentEvent,
  type UpstreamScript,
} from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { openAIClient } from './openai-client.js';

const HELLO = { model: 'm', messages: [{ role: 'user' as const, content: 'Hello' }] };
const AT_ONCE = { 'retry-after': '0' };

/** A stream that begins well and then continues as `rest` does. */
function begunStream(rest: UpstreamScript): UpstreamScript {
  return (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const first = toServerSentEvent(chunk({ role: 'assistant', content: 'One' }));
    response.write(first, () => void rest(request, response));
  };
}

type Failure = [
  name: string,
  script: UpstreamScript,
  error: new (...args: never[]) => APIError,
  details: object,
];

function refusal(status: number, message: string, code: string | number | null = null): UpstreamScript {
  return answerJson(errorBody(message, { code }), status);
}

async function failureOf(answer: PromiseLike<unknown>): Promise<APIError> {
  const error: unknown = await Promise.resolve(answer).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof APIError) return error;
  throw new Error('not an error of the API', { cause: error });
}

describe('A failure by the openai package', () => {
  let service: Service;
  let client: OpenAI;

  beforeAll(async () => {
    service = await Service.start();
    client = openAIClient(service.url, { maxRetries: 0 });
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  it.each<Failure>([
    ['of the request', refusal(400, 'No such tool', 'x'), BadRequestError, { code: null }],
    [
      'of a prompt that is too long',
      refusal(400, 'Too long', 'context_length_exceeded'),
      BadRequestError,
      { code: 'context_length_exceeded' },
    ],
    ['of the rate', refusal(429, 'Slow down'), RateLimitError, { type: 'rate_limit_error' }],
    [
      'of the quota',
      refusal(429, 'No money', 'insufficient_quota'),
      RateLimitError,
      { code: 'insufficient_quota' },
    ],
    [
      'of the model name',
      refusal(404, 'The model `m` does not exist'),
      NotFoundError,
      { code: 'model_not_found' },
    ],
    ['of permission', refusal(403, 'No'), PermissionDeniedError, { code: 'permission_denied' }],
    ['of our own key', refusal(401, 'Wrong key'), InternalServerError, { type: 'server_error' }],
    ['of the server', refusal(500, 'Oh'), InternalServerError, { type: 'server_error' }],
    ['of capacity', refusal(503, 'Full'), InternalServerError, { code: 'server_is_overloaded' }],
    ['of an answer without choices', answerJson({}), APIError, { status: 424, code: 'model_error' }],
    [
      'of a choice without a message',
      answerJson({ choices: [{}] }),
      APIError,
      { status: 424, code: 'model_error' },
    ],
    ['behind a success', refusal(200, 'Oh', 429), RateLimitError, { status: 429 }],
  ])('%s is typed, whole or streamed', async (_, script, type, details) => {
    service.upstream.answerWith(script);
    for (const stream of [false, true]) {
      const failure = await failureOf(client.chat.completions.create({ ...HELLO, stream }));
      expect(failure).toBeInstanceOf(type);
      expect(failure).toMatchObject(details);
    }
  });

  it('that may pass is retried, and one that stays is not', async () => {
    const patient = openAIClient(service.url);
    service.upstream.answerWith(
      inTurn(
        answerJson(errorBody('Slow down'), 429, AT_ONCE),
        answerJson(errorBody('Oh'), 500, AT_ONCE),
        answerJson(textCompletion('Third time')),
      ),
    );
    const { choices } = await patient.chat.completions.create(HELLO);
    expect(choices[0]?.message.content).toBe('Third time');
    expect(service.upstreamRequests).toHaveLength(3);
    service.reset();
    service.upstream.answerWith(answerJson(errorBody('No money', { code: 'insufficient_quota' }), 429));
    await failureOf(patient.chat.completions.create(HELLO));
    expect(service.upstreamRequests).toHaveLength(1);
  });

  it('before the first token of a stream is retried', async () => {
    service.upstream.answerWith(
      inTurn(
        answerChunks([chunk({ role: 'assistant' }), errorBody('Overloaded', { code: 503 })]),
        answerChunks(textChunks('Second time')),
      ),
    );
    const runner = openAIClient(service.url).chat.completions.stream({ ...HELLO });
    expect(await runner.finalContent()).toBe('Second time');
  });

  it.each<[name: string, rest: UpstreamScript, details: object]>([
    ['ends without a finish', (_request, response) => response.end(), { type: 'server_error' }],
    ['breaks the connection', (_request, response) => response.destroy(), { type: 'server_error' }],
    [
      'sends garbage',
      (_request, response) => response.end('data: {"choices":\n\n'),
      { type: 'server_error' },
    ],
    [
      'sends an error',
      (_request, response) =>
        response.end(toServerSentEvent(errorBody('Slow down', { code: 'rate_limit_exceeded' }))),
      { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
    ],
  ])(
    'of a stream whose upstream %s throws, and never ends it as if it were whole',
    async (_, rest, details) => {
      service.upstream.answerWith(begunStream(rest));
      const seen: unknown[] = [];
      const reading = (async () => {
        const stream = await client.chat.completions.create({ ...HELLO, stream: true });
        for await (const { choices } of stream) seen.push(choices[0]?.delta.content);
      })();
      expect(await failureOf(reading)).toMatchObject(details);
      expect(seen).toEqual(['One']);
      const text = await (
        await fetch(`${service.url}/openai/v1/chat/completions`, {
          method: 'POST',
          body: JSON.stringify({ ...HELLO, stream: true }),
        })
      ).text();
      expect(text).not.toContain('[DONE]');
    },
  );

  it('of a client that leaves ends the call of the upstream', async () => {
    service.upstream.answerWith(begunStream(() => undefined));
    const stream = await client.chat.completions.create({ ...HELLO, stream: true });
    for await (const _ of stream) break;
    await service.upstream.socketsDownTo(0);
    const leaving = new AbortController();
    service.upstream.answerWith(() => leaving.abort());
    await expect(client.chat.completions.create(HELLO, { signal: leaving.signal })).rejects.toThrow(
      'Request was aborted',
    );
    await service.upstream.socketsDownTo(0);
  });

  it('of a path that is not offered is told in the form of the API', async () => {
    const failure = await failureOf(client.responses.create({ model: 'm', input: 'Hello' }));
    expect(failure).toBeInstanceOf(NotFoundError);
    expect(failure).toMatchObject({ code: 'unknown_url', type: 'invalid_request_error' });
    expect(failure.message).toContain('/openai/v1/chat/completions');
    expect(await failureOf(client.files.list())).toMatchObject({ status: 404, code: 'unknown_url' });
  });
});

describe('A client without permission, by the openai package', () => {
  let service: GuardedService;

  beforeAll(async () => {
    service = await GuardedService.start({ teamAModels: ['allowed'] });
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const clientWith = (apiKey: string) => openAIClient(service.url, { maxRetries: 0, apiKey });

  it('is not let in with a wrong key', async () => {
    const failure = await failureOf(clientWith('wrong').chat.completions.create(HELLO));
    expect(failure).toBeInstanceOf(AuthenticationError);
    expect(failure).toMatchObject({ status: 401, code: 'invalid_api_key', type: 'invalid_request_error' });
    await expect(clientWith('wrong').models.list()).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('may not call another model, and does not find it', async () => {
    const client = clientWith(TEAM_A_BEARER);
    const failure = await failureOf(client.chat.completions.create(HELLO));
    expect(failure).toBeInstanceOf(PermissionDeniedError);
    expect(failure).toMatchObject({ code: 'permission_denied' });
    await expect(client.models.retrieve('m')).rejects.toBeInstanceOf(NotFoundError);
    expect(service.upstream.requests).toEqual([]);
    const { choices } = await client.chat.completions.create({ ...HELLO, model: 'allowed' });
    expect(choices[0]?.message.content).toBe('Hi');
  });
});
