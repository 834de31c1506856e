import {
  AccessDeniedException,
  BedrockRuntimeServiceException,
  ConverseCommand,
  InternalServerException,
  ModelErrorException,
  ModelNotReadyException,
  ModelTimeoutException,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ServiceUnavailableException,
  ThrottlingException,
  ValidationException,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { byModel, errorBody, inTurn, textCompletion } from '../support/answers.js';
import { answerJson, answerText, type UpstreamScript } from '../support/scripted-upstream.js';
import { bedrockClient, ClientAndService, CLEARTEXT } from './bedrock-client.js';

type ExceptionClass = abstract new (...args: never[]) => Error;

const MODEL = 'org/model:1';
const messages: Message[] = [{ role: 'user', content: [{ text: 'Hello' }] }];
const converse = (changes: object = {}) => new ConverseCommand({ modelId: MODEL, messages, ...changes });

const refuse = (status: number, message = 'No', details = {}): UpstreamScript =>
  answerJson(errorBody(message, details), status);
const soon = (status: number, message: string, details = {}): UpstreamScript =>
  answerJson(errorBody(message, details), status, { 'retry-after': '0' });

/** A command of a later SDK, whose path no operation has. */
function unknownCommand(): ConverseCommand {
  const command = converse();
  command.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { path: '/model/m/not-yet-known' });
      return next(args);
    },
    { step: 'build' },
  );
  return command;
}

/** The upstream's behaviour, the client's error, its status, and the number of attempts. */
const FAILURES: [string, UpstreamScript, ExceptionClass, number, number][] = [
  ['400', refuse(400), ValidationException, 400, 1],
  ['422', refuse(422), ValidationException, 400, 1],
  ['401', refuse(401, 'bad key'), InternalServerException, 500, 3],
  ['402', refuse(402), ServiceQuotaExceededException, 400, 1],
  ['403', refuse(403), AccessDeniedException, 403, 1],
  ['404 for the model', refuse(404, 'x', { code: 'model_not_found' }), ResourceNotFoundException, 404, 1],
  ['404 for the path', answerText('<html>', 404, 'text/html'), InternalServerException, 500, 3],
  ['408', refuse(408), ModelTimeoutException, 408, 1],
  ['429', soon(429, 'Slow down'), ThrottlingException, 429, 3],
  ['429 for a quota', soon(429, 'x', { code: 'insufficient_quota' }), ServiceQuotaExceededException, 400, 1],
  ['500', refuse(500), InternalServerException, 500, 3],
  ['502', answerText('<html>bad gateway</html>', 502), InternalServerException, 500, 3],
  ['503', soon(503, 'busy'), ServiceUnavailableException, 503, 3],
  ['503 while loading', soon(503, 'Loading model'), ModelNotReadyException, 429, 3],
  ['529', soon(529, 'overloaded'), ServiceUnavailableException, 503, 3],
  ['HTML', answerText('<html></html>', 200, 'text/html'), ModelErrorException, 424, 1],
  ['JSON without choices', answerJson({ id: 'x' }), ModelErrorException, 424, 1],
  ['a broken connection', (_request, response) => response.destroy(), InternalServerException, 500, 3],
  ['an error with status 200', answerJson(errorBody('No', { code: 429 })), ThrottlingException, 429, 3],
];

describe.each(CLEARTEXT)('Errors by the AWS SDK over $transport', (transport) => {
  let running: ClientAndService;

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
  });
  afterAll(() => running[Symbol.asyncDispose]());
  beforeEach(() => running.service.reset());

  async function failureOf(command = converse()): Promise<Error> {
    return running.client.send(command).then(
      () => new Error('nothing failed'),
      (error: Error) => error,
    );
  }

  describe('of the upstream', () => {
    let errors: Map<string, Error>;

    /**
     * All run at once, each with a model of its own, because the waits between attempts would add up otherwise.
     */
    beforeAll(async () => {
      const scripts = new Map(FAILURES.map(([failure, script]) => [failure, script]));
      running.service.upstream.answerWith(byModel(scripts));
      const failures = FAILURES.map(
        async ([failure]) => [failure, await failureOf(converse({ modelId: failure }))] as const,
      );
      errors = new Map(await Promise.all(failures));
    });

    it.each(FAILURES)(
      'arrive typed and are retried as they should be: %s',
      (failure, ...[, type, status, attempts]) => {
        const error = errors.get(failure);
        expect(error).toBeInstanceOf(type);
        expect(error).toMatchObject({
          name: type.name,
          $metadata: {
            httpStatusCode: status,
            attempts,
            requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          },
        });
      },
    );
  });

  it('carry the original status of a broken answer', async () => {
    running.service.upstream.answerWith(answerText('not json', 200));
    expect(await failureOf()).toMatchObject({ name: 'ModelErrorException', originalStatusCode: 200 });
  });

  it('have the message that agents look for when the input is too long', async () => {
    running.service.upstream.answerWith(refuse(400, 'Too long', { code: 'context_length_exceeded' }));
    expect(await failureOf()).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Input is too long for requested model') as string,
    });
  });

  it('are retried after the time that the upstream asks for', async () => {
    running.service.upstream.answerWith(
      inTurn(
        answerJson(errorBody('Slow down'), 429, { 'retry-after-ms': '300' }),
        answerJson(textCompletion('Hi')),
      ),
    );
    const startedAt = performance.now();
    const { $metadata } = await running.client.send(converse());
    expect($metadata.attempts).toBe(2);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(299);
  });

  it('name the path of an invalid member, without a call to the upstream', async () => {
    const error = await failureOf(converse({ inferenceConfig: { temperature: 3 } }));
    expect(error).toBeInstanceOf(ValidationException);
    expect(error.message).toContain('inferenceConfig.temperature');
    expect(running.service.upstreamRequests).toEqual([]);
  });

  it('report an unknown operation', async () => {
    const error = await failureOf(unknownCommand());
    expect(error).toBeInstanceOf(BedrockRuntimeServiceException);
    expect(error).toMatchObject({
      name: 'UnknownOperationException',
      $metadata: { httpStatusCode: 404, attempts: 1 },
    });
  });

  it('report an unreachable upstream', async () => {
    await using other = await ClientAndService.start(transport);
    await other.service.upstream.close();
    await expect(other.client.send(converse())).rejects.toBeInstanceOf(InternalServerException);
  });

  it('leave the client usable', async () => {
    running.service.upstream.answerWith(refuse(400));
    await failureOf();
    running.service.upstream.answerWith(answerJson(textCompletion('Hi')));
    await expect(running.client.send(converse())).resolves.toMatchObject({ stopReason: 'end_turn' });
  });

  it('are thrown after the number of attempts of the client', async () => {
    const client = bedrockClient(running.service.url, transport, { maxAttempts: 1 });
    running.service.upstream.answerWith(soon(429, 'Slow down'));
    await expect(client.send(converse())).rejects.toBeInstanceOf(ThrottlingException);
    expect(running.service.upstreamRequests).toHaveLength(1);
    client.destroy();
  });
});
