import {
  BedrockAgentRuntimeClient,
  DependencyFailedException,
  RerankCommand,
  type RerankCommandInput,
  ResourceNotFoundException,
} from '@aws-sdk/client-bedrock-agent-runtime';
import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { rerank } from 'ai';
import { answerRanking } from '../support/embedding-answers.js';
import { GuardedService, TEAM_A, TEAM_B } from '../support/guarded-service.js';
import { answerJson } from '../support/scripted-upstream.js';
import { CLEARTEXT } from './bedrock-client.js';

const MODEL = 'cohere.rerank-v3-5:0';
const ARN = `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`;

let service: GuardedService;

beforeAll(async () => {
  service = await GuardedService.start({ teamAModels: ['cohere.rerank-*'] });
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream.requests.length = 0;
  service.upstream.answerWith(answerRanking);
});

const input = (documents: string[], modelArn = ARN): RerankCommandInput => ({
  queries: [{ type: 'TEXT', textQuery: { text: 'q' } }],
  sources: documents.map((text) => ({
    type: 'INLINE',
    inlineDocumentSource: { type: 'TEXT', textDocument: { text } },
  })),
  rerankingConfiguration: {
    type: 'BEDROCK_RERANKING_MODEL',
    bedrockRerankingConfiguration: { modelConfiguration: { modelArn }, numberOfResults: 2 },
  },
});

describe.each(CLEARTEXT)('The AWS SDK for the agent runtime, signed, over $transport', ({ http1 }) => {
  let client: BedrockAgentRuntimeClient;

  const clientOf = (credentials: typeof TEAM_A): BedrockAgentRuntimeClient =>
    new BedrockAgentRuntimeClient({
      endpoint: service.url,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
      ...(http1 && { requestHandler: new NodeHttpHandler() }),
    });

  beforeAll(() => (client = clientOf(TEAM_A)));
  afterAll(() => client.destroy());

  it('ranks documents', async () => {
    const { results, nextToken } = await client.send(new RerankCommand(input(['a', 'abc', 'ab'])));
    expect(results).toEqual([
      { index: 1, relevanceScore: 0.03 },
      { index: 2, relevanceScore: 0.02 },
    ]);
    expect(nextToken).toBeUndefined();
  });

  it('raises the exceptions of its own service', async () => {
    service.upstream.answerWith(answerJson({}));
    await expect(client.send(new RerankCommand(input(['a'])))).rejects.toBeInstanceOf(
      DependencyFailedException,
    );
    service.upstream.answerWith(answerJson({ error: { message: 'No', code: 'model_not_found' } }, 404));
    await expect(client.send(new RerankCommand(input(['a'])))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });

  it('is refused for a model that the client may not call', async () => {
    const stranger = clientOf(TEAM_B);
    await expect(stranger.send(new RerankCommand(input(['a'])))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    stranger.destroy();
    expect(service.upstream.requests).toEqual([]);
  });

  it('is refused with a wrong secret', async () => {
    const stranger = clientOf({ ...TEAM_A, secretAccessKey: 'guess' });
    await expect(stranger.send(new RerankCommand(input(['a'])))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    stranger.destroy();
  });
});

describe('The AI SDK', () => {
  it('ranks texts and objects', async () => {
    const bedrock = createAmazonBedrock({ baseURL: service.url, region: 'us-east-1', ...TEAM_A });
    const texts = await rerank({
      model: bedrock.reranking(MODEL),
      query: 'q',
      documents: ['a', 'abc', 'ab'],
      topN: 2,
    });
    expect(texts.ranking.map(({ originalIndex, score }) => [originalIndex, score])).toEqual([
      [1, 0.03],
      [2, 0.02],
    ]);
    const objects = await rerank({
      model: bedrock.reranking(MODEL),
      query: 'q',
      documents: [{ title: 'a' }, { title: 'longer' }],
    });
    expect(objects.rerankedDocuments).toEqual([{ title: 'longer' }, { title: 'a' }]);
  });
});
