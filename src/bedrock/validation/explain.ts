import { validateSync } from 'class-validator';
import { ValidationException } from '../bedrock.exception.js';
import type { Refusal } from './compile-check.js';
import { membersOf } from './dto-members.js';
import type { MemberKind } from './member-kind.js';

/** The refusal in Bedrock's words: which value, and what it must be. The value itself is never repeated. */
export function explain(refusal: Refusal): ValidationException {
  return new ValidationException(
    `1 validation error detected: Value at '${refusal.path.join('.')}' failed to satisfy constraint: ${constraintOf(refusal)}`,
  );
}

/** What class-validator says of the refused member, asked about the object that holds it and nothing below. */
export function constraintOf(refusal: Refusal): string {
  const errors = validateSync(shallowInstance(refusal), {
    stopAtFirstError: true,
    forbidUnknownValues: false,
  });
  const error = errors.find(({ property }) => property === refusal.property);
  return Object.values(error?.constraints ?? {})[0] ?? 'Member must be valid';
}

function shallowInstance({ dto, object, property }: Refusal): object {
  const instance: object = new dto();
  for (const [name, kind] of membersOf(dto)) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    Reflect.set(instance, name, name === property ? shallow(kind, value) : present(value));
  }
  return instance;
}

/** The other members count only by their presence. */
function present(value: unknown): unknown {
  return value == null ? value : true;
}

/** Objects give way to empty ones, so that class-validator finds nothing to descend into. */
function shallow({ kind }: MemberKind, value: unknown): unknown {
  if (kind === 'free-form') return present(value);
  if (kind !== 'structure') return value;
  if (Array.isArray(value)) return value.map(emptied);
  return emptied(value);
}

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === 'object' && value !== null ? {} : value;
}
