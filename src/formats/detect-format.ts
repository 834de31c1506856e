import { ValidationException } from '../bedrock/bedrock.exception.js';
import type { ModelId } from '../bedrock/model-id.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import type { InvokeFormatName } from '../config/invoke-format-names.js';
import { formatNamed, FORMATS, type NativeFormat } from './format-registry.js';
import { modelFamily } from './model-family.js';
import { withdrawalOf } from './withdrawn-formats.js';

const UNKNOWN_FORMAT =
  'The format of the request body is not known. Looked for: anthropic_version, max_tokens_to_sample, inputText, inputImage, ' +
  'inputType, texts, inputs, images, input, query and documents, taskType, text_prompts, schemaVersion, inferenceConfig, message, messages, and ' +
  'prompt with max_gen_len, or with max_tokens and stop, or with a model id that names the maker. The operator can set ' +
  'invokeFormat in the model table.';

export interface FormatClues {
  /** The model that the client asked for. */
  readonly modelId: ModelId;
  /** Of the model's rule. */
  readonly invokeFormat?: InvokeFormatName;
  /** The model's rule has settings for embeddings. */
  readonly hasEmbeddingSettings?: boolean;
}

/**
 * The native format of a body: the one that the rule names, else the one whose signature the body has, where the model
 * id decides between formats that look alike.
 * @throws ValidationException when nothing tells the format
 */
export function detectFormat(
  body: JsonObject,
  { modelId, invokeFormat, hasEmbeddingSettings }: FormatClues,
): NativeFormat {
  if (invokeFormat !== undefined) return formatNamed(invokeFormat);
  const family = modelFamily(modelId, hasEmbeddingSettings);
  const format = FORMATS.find(({ matches }) => matches(body, family));
  if (format === undefined) throw new ValidationException(withdrawalOf(body, family) ?? UNKNOWN_FORMAT);
  return format;
}
