import type { EmbeddingSettings, RerankSettings } from '../configuration.js';
import type { EmbeddingsDto, InputTypesDto } from './embeddings.dto.js';
import type { RerankDto } from './rerank.dto.js';

/** `embeddings` of a rule → its settings. */
export function toEmbeddingSettings(dto: EmbeddingsDto): EmbeddingSettings {
  return {
    inputTypes: toTexts(dto.inputTypes),
    inputTypeValues: toTexts(dto.inputTypeValues),
    ...(dto.maxBatch != null && { maxBatch: dto.maxBatch }),
    dimensions: dto.dimensions ?? 'pass',
    images: dto.images ?? 'none',
    outputTypes: dto.outputTypes ?? [],
  };
}

/** `rerank` of a rule → its settings. */
export function toRerankSettings({ path, scores }: RerankDto): RerankSettings {
  return { path: path ?? '/rerank', scores: scores ?? 'auto' };
}

/** Without what is not set: null in the file means that too. */
function toTexts(texts: InputTypesDto | null | undefined): EmbeddingSettings['inputTypes'] {
  return Object.fromEntries(Object.entries(texts ?? {}).filter(([, text]) => text != null));
}
