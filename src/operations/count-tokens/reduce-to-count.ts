import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { InvokeFormatName } from '../../config/invoke-format-names.js';
import type { HubFormat, ReducedRequest } from '../../formats/hub-format.js';

/** Members that an answer needs and a count does not, with values that have no influence on the count. */
const DEFAULTS: Partial<Record<InvokeFormatName, JsonObject>> = {
  'anthropic-messages': { max_tokens: 1_000_000 },
};

/**
 * A native body whose tokens are to be counted → Converse request.
 * @throws ValidationException naming the path in the native body
 */
export function reduceToCount(body: JsonObject, format: HubFormat): ReducedRequest {
  return format.reduce({ ...DEFAULTS[format.name], ...body });
}
