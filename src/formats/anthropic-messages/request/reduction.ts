import { ValidationException } from '../../../bedrock/bedrock.exception.js';
import { NativePaths } from '../../native-paths.js';
import { ToolNames } from '../tool-names.js';

/** What the conversions of one request share. */
export class Reduction {
  readonly paths = new NativePaths();
  /** Native paths of parameters without an equivalent. */
  readonly ignored: string[] = [];
  /** Native paths of members that change nothing in the answer. */
  readonly hints: string[] = [];

  constructor(readonly toolNames: ToolNames) {}
}

/** Refuses what no upstream can do, and what would mean something else without it. */
export function unsupported(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is not supported: ${reason}`, { path });
}

/** Refuses what Anthropic would refuse too. */
export function invalid(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is invalid: ${reason}`, { path });
}
