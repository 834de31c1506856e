import type { EmbeddingPurpose, EmbeddingRequest } from '../../../bedrock/embeddings/embedding-request.js';
import { unknownMembers } from '../../../bedrock/validation/unknown-members.js';
import { validated } from '../../../bedrock/validation/validation.pipe.js';
import type { EmbeddingFormat } from '../../embedding-format.js';
import { present } from '../../present.js';
import { cohereInputs } from './cohere-inputs.js';
import {
  CohereEmbeddingRequestDto,
  type CohereInputType,
  type CohereTruncation,
} from './cohere-request.dto.js';
import { toCohereResponse, TYPES_PATH } from './cohere-response.js';

const QUANTIZED = ['int8', 'uint8'] as const;

const TRUNCATIONS = {
  NONE: undefined,
  START: 'start',
  LEFT: 'start',
  END: 'end',
  RIGHT: 'end',
} as const satisfies Record<CohereTruncation, EmbeddingRequest['truncation']>;

const PURPOSES = {
  search_document: 'search_document',
  search_query: 'search_query',
  classification: 'classification',
  clustering: 'clustering',
  image: undefined,
} as const satisfies Record<CohereInputType, EmbeddingPurpose | undefined>;

export const COHERE_EMBEDDINGS: EmbeddingFormat = {
  kind: 'embeddings',
  name: 'cohere-embeddings',
  matches: (body) => 'texts' in body || 'inputs' in body || ('images' in body && 'input_type' in body),
  reduce: (body, { name }) => {
    const native = validated(CohereEmbeddingRequestDto, body);
    return {
      request: toRequest(native),
      ignored: [],
      hints: unknownMembers(CohereEmbeddingRequestDto, body),
      toResponse: (result, id) =>
        toCohereResponse(result, native, { id, isVersion4: name.includes('embed-v4') }),
    };
  },
};

function toRequest(native: CohereEmbeddingRequestDto): EmbeddingRequest {
  const { input_type: purpose, truncate, output_dimension, max_tokens, embedding_types: types } = native;
  const asked = types ?? ['float'];
  return present({
    inputs: cohereInputs(native),
    purpose: purpose == null ? undefined : PURPOSES[purpose],
    truncation: truncate == null ? undefined : TRUNCATIONS[truncate],
    dimensions: output_dimension,
    maxTokens: max_tokens,
    floats: asked.some((type) => type !== 'int8' && type !== 'uint8'),
    quantized: QUANTIZED.filter((type) => asked.includes(type)),
    paths: {
      purpose: 'input_type',
      truncation: 'truncate',
      dimensions: 'output_dimension',
      maxTokens: 'max_tokens',
      types: TYPES_PATH,
    },
  });
}
