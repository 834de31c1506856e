import { ValidationException } from '../bedrock/bedrock.exception.js';

/** Refuses a value that its maker's model would refuse too. `path` is that in the native body. */
export function invalid(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is invalid: ${reason}`, { path });
}

/** Refuses what no upstream can do. Dropping it would change the meaning of the request. */
export function unsupported(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is not supported: ${reason}`, { path });
}
