import type { ModelId } from '../../bedrock/model-id.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { NativeFormat } from '../../formats/format-registry.js';
import { modelFamily } from '../../formats/model-family.js';
import { estimateImage } from '../../openai/token-count/image-tokens.js';
import { imageSizeOf } from '../../openai/token-count/image-size.js';
import { estimateTexts } from '../../openai/token-count/token-estimate.js';

type FormatOf<Kind extends NativeFormat['kind']> = Extract<NativeFormat, { kind: Kind }>;

/**
 * The tokens of what is embedded, estimated.
 * @throws ValidationException naming the path in the native body
 */
export function estimateEmbeddings(
  body: JsonObject,
  format: FormatOf<'embeddings'>,
  { modelId, hasEmbeddingSettings }: { modelId: ModelId; hasEmbeddingSettings: boolean },
): number {
  const { inputs } = format.reduce(body, modelFamily(modelId, hasEmbeddingSettings)).request;
  const images = inputs.flatMap(({ image }) =>
    image === undefined ? [] : [estimateImage(imageSizeOf(image.base64))],
  );
  const texts = inputs.flatMap(({ text }) => (text === undefined ? [] : [text]));
  return images.reduce((sum, tokens) => sum + tokens, estimateTexts(texts));
}

/**
 * The tokens of what is ranked, estimated: the query is read with each document.
 * @throws ValidationException naming the path in the native body
 */
export function estimateRerank(body: JsonObject, format: FormatOf<'rerank'>): number {
  const { query, documents } = format.reduce(body).request;
  return estimateTexts(documents) + estimateTexts([query]) * documents.length;
}
