import type { EmbeddingResult, QuantizedType } from '../../../bedrock/embeddings/embedding-request.js';
import { packBits, packSignedBits, toBase64 } from '../packed-vector.js';
import type { CohereEmbeddingRequestDto, CohereEmbeddingType } from './cohere-request.dto.js';

export const TYPES_PATH = 'embedding_types';

/** How each type is made of the result: one entry for every input. */
const EMBEDDINGS: Readonly<Record<CohereEmbeddingType, (result: EmbeddingResult) => readonly unknown[]>> = {
  float: ({ vectors }) => vectors,
  int8: (result) => quantized(result, 'int8'),
  uint8: (result) => quantized(result, 'uint8'),
  binary: ({ vectors }) => vectors.map(({ values }) => packSignedBits(values, TYPES_PATH)),
  ubinary: ({ vectors }) => vectors.map(({ values }) => packBits(values, TYPES_PATH)),
  base64: ({ vectors }) => vectors.map(({ values }) => toBase64(values)),
};

/** Version 4 has lists by type even if no type is asked for. */
export function toCohereResponse(
  result: EmbeddingResult,
  { texts, embedding_types: types }: CohereEmbeddingRequestDto,
  { id, isVersion4 }: { readonly id: string; readonly isVersion4: boolean },
): object {
  const echo = texts == null ? {} : { texts };
  const byType = types ?? (isVersion4 ? (['float'] as const) : undefined);
  if (byType === undefined) {
    return { id, response_type: 'embeddings_floats', embeddings: result.vectors, ...echo };
  }
  const embeddings = Object.fromEntries(byType.map((type) => [type, EMBEDDINGS[type](result)]));
  return { id, response_type: 'embeddings_by_type', embeddings, ...echo };
}

function quantized({ quantized: byType }: EmbeddingResult, type: QuantizedType): readonly unknown[] {
  const vectors = byType.get(type);
  if (vectors === undefined) throw new Error(`No embeddings of the type ${type}`);
  return vectors;
}
