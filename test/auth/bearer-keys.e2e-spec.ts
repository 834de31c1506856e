import {
  AccessDeniedException,
  ConverseCommand,
  ConverseStreamCommand,
  type BedrockRuntimeClientConfig,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { BedrockClient, ListFoundationModelsCommand } from '@aws-sdk/client-bedrock';
import { getToken } from '@aws/bedrock-token-generator';
import { bedrockClient, TRANSPORTS } from '../clients/bedrock-client.js';
import { textChunks, textCompletion } from '../support/answers.js';
import { TrustedCertificate } from '../support/certificate.js';
import { GuardedService, TEAM_A, TEAM_A_BEARER, TEAM_B, TEAM_B_BEARER } from '../support/guarded-service.js';
import { answerChunks, answerJson } from '../support/scripted-upstream.js';

const messages: Message[] = [{ role: 'user', content: [{ text: 'Hello' }] }];
const REFUSED = 'Authentication failed: Please make sure your API Key is valid.';

const shortTerm = (credentials: typeof TEAM_A, sessionToken?: string) =>
  getToken({ credentials: { ...credentials, ...(sessionToken && { sessionToken }) }, region: 'eu-west-1' });

/** Calls the proxy like an application that reads its key from the environment. */
async function withKey<Result>(key: string, use: () => Promise<Result>): Promise<Result> {
  const before = process.env.AWS_BEARER_TOKEN_BEDROCK;
  process.env.AWS_BEARER_TOKEN_BEDROCK = key;
  try {
    return await use();
  } finally {
    if (before === undefined) delete process.env.AWS_BEARER_TOKEN_BEDROCK;
    else process.env.AWS_BEARER_TOKEN_BEDROCK = before;
  }
}

describe.each(TRANSPORTS)('A bearer key in the environment, over $transport', (transport) => {
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

  const converse = (key: string, modelId = 'claude', options: BedrockRuntimeClientConfig = {}) =>
    withKey(key, async () => {
      const client = bedrockClient(service.url, transport, options);
      try {
        return await client.send(new ConverseCommand({ modelId, messages }));
      } finally {
        client.destroy();
      }
    });

  it.each<[string, () => string | Promise<string>]>([
    ['that was made here', () => TEAM_A_BEARER],
    ['that AWS’s own generator made of an access key', () => shortTerm(TEAM_A)],
    ['made of an access key with odd characters', () => shortTerm(TEAM_B)],
    ['made with a session token', () => shortTerm(TEAM_A, 'IQoJb3JpZ2luX2VjE+/=')],
  ])('is accepted: %s', async (_, key) => {
    await expect(converse(await key())).resolves.toMatchObject({
      stopReason: 'end_turn',
      $metadata: { attempts: 1 },
    });
  });

  it('is accepted for a stream', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Hi')));
    const events = await withKey(TEAM_A_BEARER, async () => {
      const client = bedrockClient(service.url, transport);
      const { stream } = await client.send(new ConverseStreamCommand({ modelId: 'claude', messages }));
      const all = await Array.fromAsync(stream ?? []);
      client.destroy();
      return all;
    });
    expect(events.at(-2)).toEqual({ messageStop: { stopReason: 'end_turn' } });
  });

  it.each<[string, () => string | Promise<string>]>([
    ['nobody has', () => 'brp_PROXYTEAMA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['AWS gave out', () => 'ABSKQmVkcm9ja0FQSUtleS1leGFtcGxl'],
    ['was made of a wrong secret', () => shortTerm({ ...TEAM_A, secretAccessKey: 'guess' })],
    ['was made of a strange access key', () => shortTerm({ ...TEAM_A, accessKeyId: 'STRANGER' })],
  ])('is refused with a typed error and not retried if it %s', async (_, key) => {
    const failure = converse(await key());
    await expect(failure).rejects.toBeInstanceOf(AccessDeniedException);
    await expect(failure).rejects.toMatchObject({
      message: REFUSED,
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });
    expect(service.upstream.requests).toEqual([]);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['made here', () => TEAM_B_BEARER],
    ['made of an access key', () => shortTerm(TEAM_B)],
  ])('permits the models of its client and no others: %s', async (_, key) => {
    await expect(converse(await key(), 'gpt-4o')).rejects.toBeInstanceOf(AccessDeniedException);
    expect(service.upstream.requests).toEqual([]);
  });

  it('takes precedence over credentials, as in the SDK', async () => {
    const stranger = { accessKeyId: 'STRANGER', secretAccessKey: 'guess' };
    await expect(converse(TEAM_A_BEARER, 'claude', { credentials: stranger })).resolves.toMatchObject({
      stopReason: 'end_turn',
    });
  });

  it('is accepted by the control plane too', async () => {
    const listed = await withKey(TEAM_A_BEARER, async () => {
      const client = new BedrockClient({ endpoint: service.url, region: 'us-east-1' });
      const { modelSummaries } = await client.send(new ListFoundationModelsCommand({}));
      client.destroy();
      return modelSummaries;
    });
    expect(listed).toEqual([]);
  });
});
