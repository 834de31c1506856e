import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { UnsupportedParameters } from '../../config/settings.js';
import type { ReducedRequest } from '../../formats/hub-format.js';

/**
 * Refuses members of a native body that have no equivalent, when the settings say so.
 * @throws ValidationException, in the words of the translation
 */
export function assertEquivalents(
  { ignored }: Pick<ReducedRequest, 'ignored'>,
  unsupportedParameters: UnsupportedParameters,
): void {
  const [path] = unsupportedParameters === 'reject' ? ignored : [];
  if (path === undefined) return;
  throw new ValidationException(
    `The parameter ${path} has no equivalent here. Remove ${path} and try again.`,
    { path },
  );
}
