import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationException } from '../bedrock.exception.js';
import { isAccepted } from './acceptance.js';
import { refusalOf } from './compile-check.js';
import { membersOf } from './dto-members.js';
import { explain } from './explain.js';
import type { DtoClass } from './member-kind.js';
import { type JsonObject, STRUCTURE } from './structure.js';

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
  if (isAccepted(dto, json)) return;
  const refusal = refusalOf(dto, json);
  if (refusal !== undefined) throw explain(refusal);
}
