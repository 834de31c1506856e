import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { STRUCTURE, type JsonObject } from '../../bedrock/validation/rule.js';
import { assertWithinLimits } from '../../server/body/json-limits.js';
import { measureJson } from '../../server/body/measure-json.js';

export const BODY_PATH = 'input.invokeModel.body';

/**
 * Base64 of the body of an InvokeModel request → the JSON object in it.
 * @throws ValidationException when it is not one, or nested too deeply
 */
export function decodeBody(base64: string): JsonObject {
  const body = parse(Buffer.from(base64, 'base64').toString());
  if (!STRUCTURE.accepts(body)) throw invalidBody('must be a JSON object');
  assertWithinLimits(measureJson(body));
  return body;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    // the parser's own message quotes the body
    throw invalidBody('is not valid JSON', cause);
  }
}

function invalidBody(reason: string, cause?: unknown): ValidationException {
  return new ValidationException(`The value at ${BODY_PATH} ${reason}`, { cause, path: BODY_PATH });
}
