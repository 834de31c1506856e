import { ValidationException } from '../../bedrock/bedrock.exception.js';

/** Deeper JSON could overflow the stack of recursive functions. */
export const MAX_DEPTH = 100;
/** A Converse body of 5,000 turns has about 20,000. */
const MAX_KEYS = 50_000;
/** Millions of empty lists take seconds to parse, to collect, and to write again. */
const MAX_CONTAINERS = 250_000;

/** Size of a JSON body, by its structure. */
export interface JsonSize {
  /** An object or list in another one is one level deeper. */
  readonly depth: number;
  readonly keys: number;
  /** Objects and lists. */
  readonly containers: number;
}

/** @throws ValidationException deeper than 100 levels, or over 50,000 keys or 250,000 objects and lists */
export function assertWithinLimits({ depth, keys, containers }: JsonSize): void {
  if (depth > MAX_DEPTH)
    throw new ValidationException(`The request body is nested deeper than ${MAX_DEPTH} levels`);
  if (keys > MAX_KEYS) throw new ValidationException(`The request body has more than ${MAX_KEYS} keys`);
  if (containers > MAX_CONTAINERS)
    throw new ValidationException(`The request body has more than ${MAX_CONTAINERS} objects and lists`);
}
