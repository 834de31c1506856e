import type { Settings } from '../../config/settings.js';
import type { InvokeRequest } from './invoke-handler.js';
import { isRecorded } from '../request-metadata.js';
import { assertEquivalents } from './unsupported-members.js';

interface PathsOfRequest {
  /** Parameters without an equivalent. */
  readonly ignored: readonly string[];
  /** Members that change nothing. */
  readonly hints: readonly string[];
}

/** A body that goes to the upstream as it is. */
export const NOTHING_IGNORED: PathsOfRequest = { ignored: [], hints: [] };

/**
 * What of a native body and its headers is not carried by a format that does not go by way of Converse. Headers that
 * become members of a Converse request have no equivalent there.
 * @throws ValidationException for a parameter without an equivalent, when `UNSUPPORTED_PARAMETERS` is `reject`
 */
export function reportedPaths(
  { ignored, hints }: PathsOfRequest,
  { headers, ignored: unread, context }: Pick<InvokeRequest, 'headers' | 'ignored' | 'context'>,
  { unsupportedParameters }: Pick<Settings, 'unsupportedParameters'>,
): string[] {
  const { requestMetadata, ...others } = headers.members;
  const isReported = requestMetadata != null && !isRecorded(requestMetadata, context);
  const members = [...Object.keys(others), ...(isReported ? ['requestMetadata'] : [])];
  const fromHeaders = members.map((member) => headers.nativePath(member) ?? member);
  const parameters = [...ignored, ...fromHeaders];
  assertEquivalents({ ignored: parameters }, unsupportedParameters);
  return [...parameters, ...hints, ...headers.ignored, ...unread];
}
