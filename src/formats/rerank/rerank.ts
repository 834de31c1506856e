import type { RankedDocument, RerankRequest } from '../../bedrock/rerank/rerank-request.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { ModelFamily } from '../model-family.js';
import { present } from '../present.js';
import type { RerankFormat } from '../rerank-format.js';
import { documentTexts } from './documents.js';
import { AmazonRerankRequestDto, CohereRerankRequestDto } from './rerank-request.dto.js';

const PATHS = { maxTokens: 'max_tokens_per_doc', extraFields: '' };

export const AMAZON_RERANK: RerankFormat = {
  kind: 'rerank',
  name: 'amazon-rerank',
  matches: (body, { maker }) => isRerank(body) && maker === 'amazon',
  reduce: (body) => {
    const { query, documents, top_n: topN } = validated(AmazonRerankRequestDto, body);
    return {
      request: toRequest({ query, documents: documentTexts(documents), topN }),
      ignored: [],
      hints: unknownMembers(AmazonRerankRequestDto, body),
      toResponse: ({ ranked }) => ({ results: ranked.map(toResult) }),
    };
  },
};

/** Also for ids that name no maker: Amazon's members are a part of Cohere's. */
export const COHERE_RERANK: RerankFormat = {
  kind: 'rerank',
  name: 'cohere-rerank',
  matches: (body: JsonObject, _family: ModelFamily) => isRerank(body),
  reduce: (body) => {
    const native = validated(CohereRerankRequestDto, body);
    const { query, documents, top_n: topN, rank_fields: fields, return_documents: returns } = native;
    return {
      request: toRequest({
        query,
        documents: documentTexts(documents, fields),
        topN,
        maxTokens: native.max_tokens_per_doc,
      }),
      ignored: [],
      hints: [
        ...unknownMembers(CohereRerankRequestDto, body),
        ...(native.api_version == null || native.api_version === 2 ? [] : ['api_version']),
      ],
      toResponse: ({ ranked }) => ({
        results: ranked.map((document) => ({
          ...toResult(document),
          ...(returns === true && { document: shown(documents[document.index]) }),
        })),
      }),
    };
  },
};

function isRerank(body: JsonObject): boolean {
  return 'query' in body && 'documents' in body;
}

function toRequest(
  members: Pick<RerankRequest, 'query' | 'documents'> & { topN?: number | null; maxTokens?: number | null },
): RerankRequest {
  return { ...present(members), extraFields: {}, paths: PATHS };
}

function toResult({ index, score }: RankedDocument): object {
  return { index, relevance_score: score };
}

/** A text is shown as an object, as Cohere shows it. */
function shown(document: unknown): unknown {
  return typeof document === 'string' ? { text: document } : document;
}
