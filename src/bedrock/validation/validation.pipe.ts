import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationException } from '../bedrock.exception.js';
import { violationOf } from './check.js';
import { type DtoClass, membersOf } from './dto-members.js';
import type { Violation } from './member-constraint.js';
import { type JsonObject, STRUCTURE } from './rule.js';

/** Parsed JSON → the same JSON, known to satisfy the parameter's class. Parameters of other types pass as they are. */
@Injectable()
export class BedrockValidationPipe implements PipeTransform<unknown, unknown> {
  /** @throws ValidationException at the first member that its class refuses. */
  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    if (metatype === undefined || membersOf(metatype).size === 0) return value;
    return validated(metatype, value);
  }
}

/**
 * No body at all counts as an empty one.
 * @throws ValidationException
 */
export function validated<Dto extends object>(dto: DtoClass<Dto>, body: unknown): Dto {
  const json = body === undefined ? {} : body;
  if (!STRUCTURE.accepts(json)) throw new ValidationException('The request body must be a JSON object');
  assertAccepted(dto, json);
  return json;
}

function assertAccepted<Dto extends object>(
  dto: DtoClass<Dto>,
  json: JsonObject,
): asserts json is JsonObject & Dto {
  const violation = violationOf(dto, json);
  if (violation !== undefined) throw toException(violation);
}

/** In Bedrock's words. */
function toException({ path, constraint }: Violation): ValidationException {
  return new ValidationException(
    `1 validation error detected: Value at '${path.join('.')}' failed to satisfy constraint: ${constraint}`,
  );
}
