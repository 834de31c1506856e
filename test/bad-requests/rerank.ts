import { badRequest, type BadRequest, speaksOf } from '../support/bad-request.js';

const COHERE: Partial<BadRequest> = { path: '/model/cohere.rerank-v3-5:0/invoke' };
const AMAZON: Partial<BadRequest> = { path: '/model/amazon.rerank-v1:0/invoke' };
const API: Partial<BadRequest> = { path: '/rerank' };

const good = { query: 'q', documents: ['a', 'b'] };
const CONFIGURATION = 'rerankingConfiguration.bedrockRerankingConfiguration';
const MODEL = `${CONFIGURATION}.modelConfiguration`;

const document = (text: unknown) => ({
  type: 'INLINE',
  inlineDocumentSource: { type: 'TEXT', textDocument: { text } },
});
const json = { type: 'INLINE', inlineDocumentSource: { type: 'JSON' } };

/** A valid request with other members. */
function api(members: object, configuration: object = {}, model: object = {}): object {
  return {
    queries: [{ type: 'TEXT', textQuery: { text: 'q' } }],
    sources: [document('a')],
    rerankingConfiguration: {
      type: 'BEDROCK_RERANKING_MODEL',
      bedrockRerankingConfiguration: {
        modelConfiguration: { modelArn: 'cohere.rerank-v3-5:0', ...model },
        ...configuration,
      },
    },
    ...members,
  };
}

/** Each message names the member in the native body. */
export const RERANK: readonly BadRequest[] = [
  ...[
    ['query', { ...good, query: '' }],
    ['query', { ...good, query: ['q'] }],
    ['documents', { ...good, documents: [] }],
    ['documents', { ...good, documents: 'a' }],
    ['documents.1', { ...good, documents: ['a', 5] }],
    ['documents.0', { ...good, documents: [null] }],
    ['top_n', { ...good, top_n: 0 }],
    ['api_version', { ...good, api_version: 3 }],
    ['max_tokens_per_doc', { ...good, max_tokens_per_doc: '100' }],
    ['rank_fields', { ...good, rank_fields: 'title' }],
    ['return_documents', { ...good, return_documents: 1 }],
  ].map(([at, body]) => refused('Cohere', COHERE, at, body)),
  ...[
    ['documents', { ...good, documents: Array.from({ length: 1_001 }, () => 'a') }],
    ['top_n', { ...good, top_n: 1.5 }],
  ].map(([at, body]) => refused('Amazon', AMAZON, at, body)),
  ...[
    ['rerankingConfiguration', {}],
    ['rerankingConfiguration', api({ rerankingConfiguration: [] })],
    [`${MODEL}.modelArn`, api({}, {}, { modelArn: '' })],
    [`${MODEL}.additionalModelRequestFields`, api({}, {}, { additionalModelRequestFields: ['a'] })],
    [
      `${MODEL}.additionalModelRequestFields.api_base`,
      api({}, {}, { additionalModelRequestFields: { api_base: 'http://a.example' } }),
    ],
    [`${CONFIGURATION}.numberOfResults`, api({}, { numberOfResults: 0 })],
    [`${CONFIGURATION}.numberOfResults`, api({}, { numberOfResults: 1_001 })],
    [
      'rerankingConfiguration.type',
      api({ rerankingConfiguration: { ...configurationOf(api({})), type: 'OTHER' } }),
    ],
    ['queries', api({ queries: [] })],
    ['queries', api({ queries: [1, 2].map(() => ({ type: 'TEXT', textQuery: { text: 'q' } })) })],
    ['queries.0.type', api({ queries: [{ type: 'IMAGE', textQuery: { text: 'q' } }] })],
    ['queries.0.textQuery.text', api({ queries: [{ type: 'TEXT', textQuery: {} }] })],
    ['sources', api({ sources: [] })],
    ['sources.0.type', api({ sources: [{ ...document('a'), type: 'S3' }] })],
    [
      'sources.1.inlineDocumentSource.textDocument.text',
      api({ sources: [document('a'), document(undefined)] }),
    ],
    ['sources.0.inlineDocumentSource.textDocument.text', api({ sources: [document('a'.repeat(32_001))] })],
    ['sources.0.inlineDocumentSource.jsonDocument', api({ sources: [json] })],
    ['nextToken', api({ nextToken: 'more' })],
  ].map(([at, body]) => refused('the agent runtime', API, at, body)),
  badRequest(
    'a model id that names none',
    api({}, {}, { modelArn: 'arn:aws:bedrock' }),
    /model identifier is invalid/,
    API,
  ),
];

function configurationOf(body: object): object {
  return 'rerankingConfiguration' in body ? Object(body.rerankingConfiguration) : {};
}

function refused(format: string, more: Partial<BadRequest>, at: unknown, body: unknown): BadRequest {
  return badRequest(`${format} with ${JSON.stringify(body).slice(0, 80)}`, body, speaksOf(String(at)), more);
}
