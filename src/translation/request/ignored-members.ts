import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { TranslationOptions } from '../translation.options.js';

/** Collects the members of a request that were not translated, as JSON paths with indexes: `messages.0.content.1.cachePoint`. */
export class IgnoredMembers {
  private readonly paths: string[] = [];

  constructor(private readonly unsupportedParameters: TranslationOptions['unsupportedParameters']) {}

  /**
   * Records a parameter that has no equivalent upstream.
   * @throws ValidationException when `UNSUPPORTED_PARAMETERS` is `reject`
   */
  parameter(path: string): void {
    if (this.unsupportedParameters === 'reject') {
      throw new ValidationException(
        `The parameter ${path} has no equivalent here. Remove ${path} and try again.`,
        { path },
      );
    }
    this.paths.push(path);
  }

  /** Records a member that does not change the meaning of the request. It is reported, never rejected. */
  hint(path: string): void {
    this.paths.push(path);
  }

  list(): readonly string[] {
    return this.paths;
  }
}
