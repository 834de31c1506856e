import { ValidationException } from '../bedrock/bedrock.exception.js';
import type { ModelId } from '../bedrock/model-id.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import type { InvokeFormatName } from '../config/invoke-format-names.js';
import { formatNamed, FORMATS, type NativeFormat } from './format-registry.js';
import { modelFamily } from './model-family.js';

const UNKNOWN_FORMAT = `The format of the request body is not known. It needs one of: ${FORMATS.map(
  ({ name }) => name,
).join(', ')}. Set invokeFormat in the model table where neither the body nor the model id tells it.`;

export interface FormatClues {
  /** The model that the client asked for. */
  readonly modelId: ModelId;
  /** Of the model's rule. */
  readonly invokeFormat?: InvokeFormatName;
}

/**
 * The native format of a body: the one that the rule names, else the one whose signature the body has, where the model
 * id decides between formats that look alike.
 * @throws ValidationException when nothing tells the format
 */
export function detectFormat(body: JsonObject, { modelId, invokeFormat }: FormatClues): NativeFormat {
  const family = modelFamily(modelId);
  const format =
    invokeFormat === undefined
      ? FORMATS.find(({ matches }) => matches(body, family))
      : formatNamed(invokeFormat);
  if (format === undefined) throw new ValidationException(UNKNOWN_FORMAT);
  return format;
}
