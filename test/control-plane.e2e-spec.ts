import {
  BedrockClient,
  GetFoundationModelCommand,
  GetInferenceProfileCommand,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
  ResourceNotFoundException,
  paginateListInferenceProfiles,
  type ListFoundationModelsCommandInput,
  type ListInferenceProfilesCommandInput,
} from '@aws-sdk/client-bedrock';
import { GuardedService, TEAM_A, TEAM_A_BEARER, TEAM_B } from './support/guarded-service.js';

const APPLICATION_ARN = 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc123';
const route = [{ upstream: 'local', model: 'Qwen/Qwen3-8B' }];
const models = [
  { match: 'anthropic.claude-3-haiku-20240307-v1:0', route },
  { match: 'us.anthropic.claude-sonnet-4-20250514-v1:0', route },
  { match: 'eu.amazon.nova-lite-v1:0', route },
  { match: 'amazon.nova-lite-v1:0', route },
  { match: APPLICATION_ARN, route },
  { match: 'gpt-4o-mini', route: [{ upstream: 'local' }] },
  // these two send ids as they are, so they name none
  { match: '*mistral*', route: [{ upstream: 'local' }] },
  { match: 'meta-llama/*', route: [{ upstream: 'local', model: 'meta-llama/Llama-3.1-8B-Instruct' }] },
  { match: '*claude*', route: [{ upstream: 'local' }] },
];

const summary = (modelId: string, modelName: string, providerName: string, inferenceType = 'ON_DEMAND') => ({
  modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${modelId}`,
  modelId,
  modelName,
  providerName,
  inputModalities: ['TEXT', 'IMAGE'],
  outputModalities: ['TEXT'],
  responseStreamingSupported: true,
  customizationsSupported: [],
  inferenceTypesSupported: [inferenceType],
  modelLifecycle: { status: 'ACTIVE' },
});

const HAIKU = summary('anthropic.claude-3-haiku-20240307-v1:0', 'claude-3-haiku', 'Anthropic');
// called through *claude*
const SONNET = summary('anthropic.claude-sonnet-4-20250514-v1:0', 'claude-sonnet-4', 'Anthropic');
const NOVA = summary('amazon.nova-lite-v1:0', 'nova-lite', 'Amazon');
const GPT = summary('gpt-4o-mini', 'gpt-4o-mini', 'Custom');
const LLAMA = summary('meta-llama/Llama-3.1-8B-Instruct', 'Llama-3.1-8B-Instruc', 'meta-llama');

const profile = (id: string, name: string, modelId: string) => ({
  inferenceProfileName: name,
  inferenceProfileArn: `arn:aws:bedrock:us-east-1:000000000000:inference-profile/${id}`,
  inferenceProfileId: id,
  models: [{ modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${modelId}` }],
  status: 'ACTIVE',
  type: 'SYSTEM_DEFINED',
});

const US_SONNET = profile(
  'us.anthropic.claude-sonnet-4-20250514-v1:0',
  'US Anthropic claude-sonnet-4',
  SONNET.modelId,
);
const EU_NOVA = profile('eu.amazon.nova-lite-v1:0', 'EU Amazon nova-lite', NOVA.modelId);
const APPLICATION = {
  ...profile('abc123', 'abc123', 'Qwen/Qwen3-8B'),
  inferenceProfileArn: APPLICATION_ARN,
  type: 'APPLICATION',
};

let service: GuardedService;
let teamA: BedrockClient;
let teamB: BedrockClient;

/** The official SDK: HTTP/1.1, signed. */
const clientOf = (credentials: typeof TEAM_A) =>
  new BedrockClient({ endpoint: service.url, region: 'eu-west-1', credentials });

beforeAll(async () => {
  service = await GuardedService.start({ models });
  teamA = clientOf(TEAM_A);
  teamB = clientOf(TEAM_B);
});
afterAll(async () => {
  teamA.destroy();
  teamB.destroy();
  await service[Symbol.asyncDispose]();
});

const listModels = async (client: BedrockClient, query: ListFoundationModelsCommandInput = {}) => {
  const { modelSummaries } = await client.send(new ListFoundationModelsCommand(query));
  return modelSummaries;
};
const listProfiles = async (client: BedrockClient, query: ListInferenceProfilesCommandInput = {}) => {
  const { $metadata: _, ...page } = await client.send(new ListInferenceProfilesCommand(query));
  return page;
};

describe('ListFoundationModels', () => {
  it('lists the models of the table, and those of its profiles', async () => {
    expect(await listModels(teamA)).toEqual([HAIKU, SONNET, NOVA, GPT, LLAMA]);
  });

  it('lists only what the client may call', async () => {
    expect(await listModels(teamB)).toEqual([HAIKU, SONNET]);
  });

  it.each<[string, ListFoundationModelsCommandInput, object[]]>([
    ['a provider', { byProvider: 'Anthropic' }, [HAIKU, SONNET]],
    ['a provider in lower case', { byProvider: 'amazon' }, [NOVA]],
    ['a provider that serves nothing', { byProvider: 'Cohere' }, []],
    ['text', { byOutputModality: 'TEXT' }, [HAIKU, SONNET, NOVA, GPT, LLAMA]],
    ['images', { byOutputModality: 'IMAGE' }, []],
    ['embeddings', { byOutputModality: 'EMBEDDING' }, []],
    ['on demand', { byInferenceType: 'ON_DEMAND' }, [HAIKU, SONNET, NOVA, GPT, LLAMA]],
    ['provisioned', { byInferenceType: 'PROVISIONED' }, []],
    ['customized', { byCustomizationType: 'FINE_TUNING' }, []],
    ['all of it', { byProvider: 'Amazon', byOutputModality: 'TEXT', byInferenceType: 'ON_DEMAND' }, [NOVA]],
  ])('filters by %s', async (_, query, expected) => {
    expect(await listModels(teamA, query)).toEqual(expected);
  });

  it.each([
    ['byOutputModality', { byOutputModality: 'SMELL' as 'TEXT' }],
    ['byInferenceType', { byInferenceType: 'x' as 'ON_DEMAND' }],
    ['byCustomizationType', { byCustomizationType: '' as 'DISTILLATION' }],
    ['byProvider', { byProvider: '<script>' }],
  ])('refuses a wrong %s', async (member, query) => {
    await expect(listModels(teamA, query)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(`'${member}'`) as string,
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
  });
});

describe('GetFoundationModel', () => {
  const get = async (client: BedrockClient, modelIdentifier: string) => {
    const { modelDetails } = await client.send(new GetFoundationModelCommand({ modelIdentifier }));
    return modelDetails;
  };

  it.each([
    ['its id', HAIKU.modelId, HAIKU],
    ['its ARN', HAIKU.modelArn, HAIKU],
    ['an ARN of another region', NOVA.modelArn.replace('us-east-1', 'eu-west-1'), NOVA],
    ['an id with a slash', LLAMA.modelId, LLAMA],
    ['an ARN with a slash in its id', LLAMA.modelArn, LLAMA],
    ['a profile of it', US_SONNET.inferenceProfileId, SONNET],
    ['the ARN of a profile of it', US_SONNET.inferenceProfileArn, SONNET],
    ['an id that only a glob takes', 'mistral.mistral-small-v1:0', undefined],
  ])('finds a model by %s', async (_, modelIdentifier, expected) => {
    expect(await get(teamA, modelIdentifier)).toEqual(
      expected ?? summary(modelIdentifier, 'mistral-small', 'Mistral AI'),
    );
  });

  it.each([
    ['is not there', () => teamA, 'unknown.model-v1'],
    ['the client may not call', () => teamB, NOVA.modelId],
    ['the client may not call, by its ARN', () => teamB, NOVA.modelArn],
    ['is a profile that the client may not call', () => teamB, EU_NOVA.inferenceProfileId],
    ['is the ARN of something else that the client may not call', () => teamB, APPLICATION_ARN],
    ['is the ARN of nothing', () => teamA, APPLICATION_ARN.replace('abc123', 'abc124')],
  ])('does not find a model that %s', async (_, client, modelIdentifier) => {
    const failure = get(client(), modelIdentifier);
    await expect(failure).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(failure).rejects.toMatchObject({ $metadata: { httpStatusCode: 404, attempts: 1 } });
  });
});

describe('ListInferenceProfiles', () => {
  it('lists the profiles that the table names', async () => {
    expect(await listProfiles(teamA)).toEqual({
      inferenceProfileSummaries: [APPLICATION, EU_NOVA, US_SONNET],
    });
  });

  it('lists only what the client may call', async () => {
    expect(await listProfiles(teamB)).toEqual({ inferenceProfileSummaries: [US_SONNET] });
  });

  it.each([
    ['SYSTEM_DEFINED' as const, [EU_NOVA, US_SONNET]],
    ['APPLICATION' as const, [APPLICATION]],
  ])('filters by the type %s', async (typeEquals, expected) => {
    expect(await listProfiles(teamA, { typeEquals })).toEqual({ inferenceProfileSummaries: expected });
  });

  it('returns pages', async () => {
    const pages = paginateListInferenceProfiles({ client: teamA, pageSize: 2 }, {});
    const summaries = (await Array.fromAsync(pages)).map((page) => page.inferenceProfileSummaries);
    expect(summaries).toEqual([[APPLICATION, EU_NOVA], [US_SONNET]]);
  });

  it.each([
    ['no result', { maxResults: 0 }],
    ['too many results', { maxResults: 1_001 }],
    ['half a result', { maxResults: 1.5 }],
    ['a token that was not given out', { nextToken: 'a' }],
    ['an unknown type', { typeEquals: 'MINE' as 'APPLICATION' }],
  ])('refuses %s', async (_, query) => {
    await expect(listProfiles(teamA, query)).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
  });
});

describe('GetInferenceProfile', () => {
  const get = async (client: BedrockClient, inferenceProfileIdentifier: string) => {
    const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier });
    const { $metadata: _, ...found } = await client.send(command);
    return found;
  };

  it.each([
    ['its id', US_SONNET.inferenceProfileId, US_SONNET],
    ['its ARN', US_SONNET.inferenceProfileArn, US_SONNET],
    ['the ARN of an application', APPLICATION_ARN, APPLICATION],
    ['the id of an application', 'abc123', APPLICATION],
    [
      'an id that only a glob takes',
      'global.anthropic.claude-opus-4-20250514-v1:0',
      profile(
        'global.anthropic.claude-opus-4-20250514-v1:0',
        'GLOBAL Anthropic claude-opus-4',
        'anthropic.claude-opus-4-20250514-v1:0',
      ),
    ],
    [
      'the id of a model',
      HAIKU.modelId,
      profile(HAIKU.modelId, 'anthropic-claude-3-haiku-20240307-v1-0', HAIKU.modelId),
    ],
    [
      'the ARN of a model',
      HAIKU.modelArn,
      profile(HAIKU.modelId, 'anthropic-claude-3-haiku-20240307-v1-0', HAIKU.modelId),
    ],
    ['a name of any form', GPT.modelId, profile(GPT.modelId, 'gpt-4o-mini', GPT.modelId)],
    [
      'an id with a slash',
      LLAMA.modelId,
      profile(LLAMA.modelId, 'meta-llama-Llama-3-1-8B-Instruct', LLAMA.modelId),
    ],
  ])('finds a profile by %s', async (_, identifier, expected) => {
    expect(await get(teamA, identifier)).toEqual(expected);
  });

  it.each([
    ['is not there', () => teamA, 'us.unknown.model-v1'],
    ['the client may not call', () => teamB, EU_NOVA.inferenceProfileId],
    ['the client may not call, by its ARN', () => teamB, APPLICATION_ARN],
    ['is a model that the client may not call', () => teamB, NOVA.modelId],
    ['is the ARN of a model that the client may not call', () => teamB, NOVA.modelArn],
    ['is the ARN of nothing', () => teamA, APPLICATION_ARN.replace('abc123', 'abc124')],
  ])('does not find a profile that %s', async (_, client, identifier) => {
    await expect(get(client(), identifier)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe('The control plane', () => {
  it.each([
    '/foundation-models',
    '/foundation-models/gpt-4o-mini',
    '/inference-profiles',
    '/inference-profiles/abc123',
  ])('refuses unauthenticated clients: %s', async (path) => {
    const response = await fetch(service.url + path);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Authorization header is missing' });
  });

  it('refuses a wrong secret', async () => {
    const stranger = clientOf({ ...TEAM_A, secretAccessKey: 'guess' });
    await expect(listModels(stranger)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });
    stranger.destroy();
  });

  it('refuses a repeated filter', async () => {
    const headers = { authorization: `Bearer ${TEAM_A_BEARER}` };
    const response = await fetch(`${service.url}/foundation-models?byProvider=a&byProvider=b`, { headers });
    expect(response.status).toBe(400);
  });

  it('calls no upstream', () => {
    expect(service.upstream.requests).toEqual([]);
  });
});
