import {
  AccessDeniedException,
  BedrockRuntimeServiceException,
  ConverseCommand,
  ConverseStreamCommand,
  type BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { bedrockClient, TRANSPORTS } from '../clients/bedrock-client.js';
import { textChunks, textCompletion } from '../support/answers.js';
import { TrustedCertificate } from '../support/certificate.js';
import { GuardedService, TEAM_A, TEAM_B } from '../support/guarded-service.js';
import { answerChunks, answerJson } from '../support/scripted-upstream.js';

const messages: Message[] = [{ role: 'user', content: [{ text: 'Hello' }] }];
const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
const MS_PER_MINUTE = 60_000;

describe.each(TRANSPORTS)('A client that signs, over $transport', (transport) => {
  let certificate: TrustedCertificate | undefined;
  let service: GuardedService;

  beforeAll(async () => {
    certificate = transport.tls ? await TrustedCertificate.create() : undefined;
    service = await GuardedService.start(
      {},
      certificate && { TLS_CERT_FILE: certificate.certFile, TLS_KEY_FILE: certificate.keyFile },
    );
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await certificate?.[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    service.upstream.requests.length = 0;
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
  });

  const withClient = async <Result>(
    options: BedrockRuntimeClientConfig,
    use: (client: BedrockRuntimeClient) => Promise<Result>,
  ): Promise<Result> => {
    const client = bedrockClient(service.url, transport, { credentials: TEAM_A, ...options });
    try {
      return await use(client);
    } finally {
      client.destroy();
    }
  };
  const converse = (options: BedrockRuntimeClientConfig = {}, modelId = 'anthropic.claude-v2:1') =>
    withClient(options, (client) => client.send(new ConverseCommand({ modelId, messages })));
  const models = () => service.upstream.requests.map(({ body }) => (body as { model: string }).model);

  it.each<[string, BedrockRuntimeClientConfig]>([
    ['its secret', {}],
    ['another region', { region: 'eu-central-2' }],
    ['a session token', { credentials: { ...TEAM_A, sessionToken: 'IQoJb3JpZ2luX2VjE+/=' } }],
    ['a secret with odd characters', { credentials: TEAM_B }],
    ['a clock four minutes ahead', { systemClockOffset: 4 * MS_PER_MINUTE }],
    ['a clock four minutes behind', { systemClockOffset: -4 * MS_PER_MINUTE }],
    ['an application id', { userAgentAppId: 'app/1.0  two  spaces' }],
  ])('is accepted with %s at the first attempt', async (_, options) => {
    await expect(converse(options)).resolves.toMatchObject({
      stopReason: 'end_turn',
      $metadata: { attempts: 1 },
    });
  });

  it('may stream', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Hi')));
    const events = await withClient({}, async (client) => {
      const { stream } = await client.send(new ConverseStreamCommand({ modelId: 'claude', messages }));
      return Array.fromAsync(stream ?? []);
    });
    expect(events.at(-2)).toEqual({ messageStop: { stopReason: 'end_turn' } });
  });

  it.each([
    PROFILE,
    'anthropic.claude-sonnet-4-5-20250929-v1:0',
    'meta-llama/Llama-3.1-8B-Instruct',
    "my org/llama 3.1@x+y!'()*~$&,;=ü",
    'a%20b%2Fc%25',
    'model?version=1#2',
    'org//model',
    'модель 模型 🦙',
  ])('may call %s', async (modelId) => {
    await expect(converse({}, modelId)).resolves.toMatchObject({ $metadata: { attempts: 1 } });
    expect(models()).toEqual([modelId]);
  });

  it.each([
    ['half an hour behind', -30],
    ['a week behind', -10_080],
  ])('corrects its clock by the answer when it signs %s, and is accepted', async (_, minutes) => {
    await expect(converse({ systemClockOffset: minutes * MS_PER_MINUTE })).resolves.toMatchObject({
      stopReason: 'end_turn',
      $metadata: { attempts: 2 },
    });
    expect(models()).toHaveLength(1);
  });

  it('learns the time when its clock is ahead, and is accepted with the next call', async () => {
    await withClient({ systemClockOffset: 30 * MS_PER_MINUTE }, async (client) => {
      const command = new ConverseCommand({ modelId: 'claude', messages });
      await expect(client.send(command)).rejects.toMatchObject({
        name: 'InvalidSignatureException',
        message: expect.stringMatching(/^Signature not yet current: /) as string,
      });
      await expect(client.send(command)).resolves.toMatchObject({ $metadata: { attempts: 1 } });
    });
  });

  it.each<[string, BedrockRuntimeClientConfig, string, string]>([
    [
      'a wrong secret',
      { credentials: { ...TEAM_A, secretAccessKey: TEAM_B.secretAccessKey } },
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
    ],
    [
      'an unknown access key',
      { credentials: { accessKeyId: 'AKIDSTRANGER', secretAccessKey: TEAM_A.secretAccessKey } },
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
  ])('is refused with %s, typed and not retried', async (_, options, name, message) => {
    const failure = converse(options);
    await expect(failure).rejects.toBeInstanceOf(BedrockRuntimeServiceException);
    await expect(failure).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message) as string,
      $metadata: { httpStatusCode: 403, attempts: 1, requestId: expect.any(String) as string },
    });
    expect(models()).toEqual([]);
  });

  it('may not call a model of another client, whatever the body is', async () => {
    const failure = converse({ credentials: TEAM_B }, 'gpt-4o');
    await expect(failure).rejects.toBeInstanceOf(AccessDeniedException);
    await expect(failure).rejects.toMatchObject({
      message: expect.stringContaining('gpt-4o') as string,
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });
    expect(models()).toEqual([]);
  });

  it('is refused with a wrong secret and receives the error even while it sends a large body', async () => {
    const credentials = { ...TEAM_A, secretAccessKey: 'guess' };
    const long: Message[] = [{ role: 'user', content: [{ text: 'x'.repeat(5_000_000) }] }];
    const failure = withClient({ credentials }, (client) =>
      client.send(new ConverseCommand({ modelId: 'claude', messages: long })),
    );
    await expect(failure).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });
  });
});
