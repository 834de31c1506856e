import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { TranslationOptions } from '../translation.options.js';

/** What of one request could not be carried, as JSON paths with their indexes: `messages.0.content.1.cachePoint`. */
export class IgnoredMembers {
  private readonly paths: string[] = [];

  constructor(private readonly unsupportedParameters: TranslationOptions['unsupportedParameters']) {}

  /**
   * A member that asks for something no upstream field can express.
   * @throws ValidationException when such members are to be rejected
   */
  parameter(path: string): void {
    if (this.unsupportedParameters === 'reject') {
      throw new ValidationException(
        `The parameter ${path} has no equivalent here. Remove ${path} and try again.`,
      );
    }
    this.paths.push(path);
  }

  /** A member whose loss leaves the meaning of the request as it is: reported, never rejected. */
  hint(path: string): void {
    this.paths.push(path);
  }

  list(): readonly string[] {
    return this.paths;
  }
}
