import type { EmbeddingResult } from '../../../bedrock/embeddings/embedding-request.js';
import { unknownMembers } from '../../../bedrock/validation/unknown-members.js';
import { validated } from '../../../bedrock/validation/validation.pipe.js';
import type { EmbeddingFormat } from '../../embedding-format.js';
import { present } from '../../present.js';
import { toBits } from '../packed-vector.js';
import { firstVector } from '../first-vector.js';
import { type TitanEmbeddingType, TitanTextEmbeddingRequestDto } from './titan-text-request.dto.js';

/** Members that only an embedding request has; `inputText` alone is a text generation too. */
const SIGNATURE = ['dimensions', 'normalize', 'embeddingTypes'] as const;

/** Version 1 has no `normalize`. */
const VERSION_1 = /titan-embed-(?:text-v1|g1)/;

export const TITAN_TEXT_EMBEDDINGS: EmbeddingFormat = {
  kind: 'embeddings',
  name: 'titan-text-embeddings',
  matches: (body, { embeds }) =>
    'inputText' in body && (embeds === true || SIGNATURE.some((member) => member in body)),
  reduce: (body, { name }) => {
    const { inputText, dimensions, normalize, embeddingTypes } = validated(
      TitanTextEmbeddingRequestDto,
      body,
    );
    const isNormalized = normalize ?? !VERSION_1.test(name);
    return {
      request: present({
        inputs: [{ text: inputText }],
        dimensions,
        normalize: isNormalized,
        floats: true,
        quantized: [],
        paths: { dimensions: 'dimensions', types: 'embeddingTypes' },
      }),
      ignored: [],
      hints: unknownMembers(TitanTextEmbeddingRequestDto, body),
      toResponse: (result) => toTitanResponse(result, embeddingTypes ?? ['float']),
    };
  },
};

/** The AI SDK requires the token count, so it is 0 when nobody has counted. */
function toTitanResponse(result: EmbeddingResult, types: readonly TitanEmbeddingType[]): object {
  const vector = firstVector(result);
  const hasFloats = types.includes('float');
  return {
    ...(hasFloats && { embedding: vector }),
    inputTextTokenCount: result.tokens ?? 0,
    embeddingsByType: {
      ...(hasFloats && { float: vector }),
      ...(types.includes('binary') && { binary: toBits(vector.values) }),
    },
  };
}
