import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationException } from '../bedrock.exception.js';
import { violationOf } from './check.js';
import { type DtoClass, membersOf } from './dto-members.js';
import type { Violation } from './member-constraint.js';
import { type JsonObject, STRUCTURE } from './rule.js';

/** Validates parsed JSON against the DTO class of the parameter. Parameters of other types are not validated. */
@Injectable()
export class BedrockValidationPipe implements PipeTransform<unknown, unknown> {
  /** @throws ValidationException for the first member that breaks a rule */
  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    if (metatype === undefined || membersOf(metatype).size === 0) return value;
    return validated(metatype, value);
  }
}

/**
 * Validates a body. A missing body counts as an empty object.
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

/** Uses Bedrock's message. */
function toException({ path, constraint }: Violation): ValidationException {
  const where = path.join('.');
  return new ValidationException(
    `1 validation error detected: Value at '${where}' failed to satisfy constraint: ${constraint}`,
    { path: where },
  );
}
