import { errorBody } from './support/answers.js';
import { answerRanking } from './support/embedding-answers.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson, answerText, type UpstreamScript } from './support/scripted-upstream.js';

const ARN = 'arn:aws:bedrock:us-east-1::foundation-model/cohere.rerank-v3-5:0';

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start({
    upstreams: { main: {} },
    models: [
      { match: 'arn:aws:bedrock:*:alias/*', route: [{ upstream: 'main', model: 'by-alias' }] },
      { match: 'cohere.rerank-*', route: [{ upstream: 'main', model: 'by-id' }] },
    ],
  });
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream('main').requests.length = 0;
  service.answerWith({ main: answerRanking });
});

const text = (value: string) => ({
  type: 'INLINE',
  inlineDocumentSource: { type: 'TEXT', textDocument: { text: value } },
});
const json = (value: unknown) => ({
  type: 'INLINE',
  inlineDocumentSource: { type: 'JSON', jsonDocument: value },
});

function rerank(members: object = {}, configuration: object = {}, model: object = {}): Promise<Response> {
  const body = {
    queries: [{ type: 'TEXT', textQuery: { text: 'q' } }],
    sources: [text('a'), text('abc'), text('ab')],
    rerankingConfiguration: {
      type: 'BEDROCK_RERANKING_MODEL',
      bedrockRerankingConfiguration: { modelConfiguration: { modelArn: ARN, ...model }, ...configuration },
    },
    ...members,
  };
  return fetch(`${service.proxy.url}/rerank`, { method: 'POST', body: JSON.stringify(body) });
}

describe('Rerank of the agent runtime', () => {
  it('ranks the sources, the best first', async () => {
    const response = await rerank();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      results: [
        { index: 1, relevanceScore: 0.03 },
        { index: 2, relevanceScore: 0.02 },
        { index: 0, relevanceScore: 0.01 },
      ],
    });
    expect(service.upstream('main').requests.map(({ path, body }) => ({ path, body }))).toEqual([
      { path: '/v1/rerank', body: { model: 'by-id', query: 'q', documents: ['a', 'abc', 'ab'] } },
    ]);
  });

  it.each([
    [ARN, 'by-id'],
    ['cohere.rerank-v3-5:0', 'by-id'],
    ['arn:aws:bedrock:us-east-1:123456789012:alias/mine', 'by-alias'],
  ])('finds the model of %s', async (modelArn, model) => {
    await rerank({}, {}, { modelArn });
    expect(service.upstream('main').lastRequest?.body).toMatchObject({ model });
  });

  it('has as many results as were asked for, at most all', async () => {
    expect(await (await rerank({}, { numberOfResults: 1 })).json()).toEqual({
      results: [{ index: 1, relevanceScore: 0.03 }],
    });
    const { results } = (await (await rerank({}, { numberOfResults: 1_000 })).json()) as {
      results: object[];
    };
    expect(results).toHaveLength(3);
    expect(service.upstream('main').lastRequest?.body).toMatchObject({ top_n: 3 });
  });

  it('ranks JSON documents as JSON text, and passes further members on', async () => {
    const additionalModelRequestFields = { instruction: 'Find it', query: 'other' };
    const response = await rerank(
      { sources: [json({ title: 'a', n: 1 }), json('b')], unknown: 1 },
      {},
      { additionalModelRequestFields },
    );
    expect(service.upstream('main').lastRequest?.body).toEqual({
      instruction: 'Find it',
      model: 'by-id',
      query: 'q',
      documents: ['{"title":"a","n":1}', '"b"'],
    });
    expect(response.headers.get('x-proxy-ignored-parameters')?.split(',').toSorted()).toEqual([
      'rerankingConfiguration.bedrockRerankingConfiguration.modelConfiguration.additionalModelRequestFields.query',
      'unknown',
    ]);
  });

  it('knows no other model', async () => {
    const response = await rerank({}, {}, { modelArn: 'amazon.rerank-v1:0' });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      404,
      'ResourceNotFoundException',
    ]);
  });

  it.each<[name: string, script: UpstreamScript, status: number, errorType: string]>([
    ['400', answerJson(errorBody('No'), 400), 400, 'ValidationException'],
    ['403', answerJson(errorBody('No'), 403), 403, 'AccessDeniedException'],
    ['429', answerJson(errorBody('No'), 429), 429, 'ThrottlingException'],
    ['503', answerJson(errorBody('No'), 503), 500, 'InternalServerException'],
    ['500', answerJson(errorBody('No'), 500), 500, 'InternalServerException'],
    ['408', answerJson(errorBody('No'), 408), 424, 'DependencyFailedException'],
    ['424', answerJson(errorBody('No'), 424), 424, 'DependencyFailedException'],
    ['a model that is loading', answerJson(errorBody('Loading model'), 503), 429, 'ThrottlingException'],
    ['an answer without results', answerJson({}), 424, 'DependencyFailedException'],
    [
      'a result of no document',
      answerJson({ results: [{ index: 3, relevance_score: 1 }] }),
      424,
      'DependencyFailedException',
    ],
    [
      'a document ranked twice',
      answerJson({ results: [0, 1, 1].map((index) => ({ index, relevance_score: 1 })) }),
      424,
      'DependencyFailedException',
    ],
    [
      'a document that is missing',
      answerJson({ results: [{ index: 0, relevance_score: 1 }] }),
      424,
      'DependencyFailedException',
    ],
    [
      'a score that is none',
      answerText('[{"index":0,"score":null},{"index":1},{"index":2}]'),
      424,
      'DependencyFailedException',
    ],
  ])('tells %s in the names of its own service', async (_name, script, status, errorType) => {
    service.answerWith({ main: script });
    const response = await rerank();
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, errorType]);
    expect(await response.json()).toEqual({ message: expect.any(String) });
  });
});
