import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import type { InvokeFormatName } from '../config/invoke-format-names.js';
import type { ModelFamily } from './model-family.js';

/** A native format with an operation of its own, which Converse could not hold. */
export interface DirectFormat {
  readonly kind: 'chat-completions' | 'openai-embeddings';
  readonly name: InvokeFormatName;
  /** Whether the body has this format. The family only decides between formats whose bodies look alike. */
  matches(this: void, body: JsonObject, family: ModelFamily): boolean;
  /** A request of texts, such as a filled prompt → the body. Absent for formats that do not chat. */
  toBody?(this: void, request: ConverseRequestDto): JsonObject;
}
