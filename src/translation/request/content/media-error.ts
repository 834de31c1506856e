import type { ErrorBlockDto } from '../../../bedrock/converse/error-block.dto.js';

/** The error that stands where a model could not make an image or an audio → text. */
export function mediaErrorToText(kind: 'image' | 'audio', error: ErrorBlockDto): string {
  return error.message == null ? `[${kind} error]` : `[${kind} error: ${error.message}]`;
}
