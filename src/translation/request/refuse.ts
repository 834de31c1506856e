import { ValidationException } from '../../bedrock/bedrock.exception.js';

/** Content that no field of the upstream can carry. Dropping it would change the meaning of the request. */
export function unsupported(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is not supported: ${reason}`);
}

/** A value that Bedrock would not take either. */
export function invalid(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is invalid: ${reason}`);
}
