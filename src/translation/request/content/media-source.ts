import type { ErrorBlockDto } from '../../../bedrock/converse/error-block.dto.js';
import type { S3LocationDto } from '../../../bedrock/converse/s3-location.dto.js';
import { visit, type Visitor } from '../../../bedrock/union.js';
import { unsupported } from '../refuse.js';

/** The source of an image, an audio or a video; `bytes` is base64. */
interface MediaSource {
  bytes?: string;
  s3Location?: S3LocationDto;
}

/**
 * Media source → its base64 text, as the client sent it.
 * @throws ValidationException for an S3 location
 */
export function sourceToBase64(source: MediaSource, path: string): string {
  return visit(source, SOURCE, path);
}

export function refuseS3Location(path: string): never {
  refuseLocation(`${path}.s3Location`);
}

/** @param path of the location itself */
export function refuseLocation(path: string): never {
  throw unsupported(
    path,
    'S3 locations are read only with `s3` in the configuration file. Send the content as bytes.',
  );
}

const SOURCE: Visitor<MediaSource, [path: string], string> = {
  bytes: (bytes) => bytes,
  s3Location: (_, path) => refuseS3Location(path),
};

/** The error that replaces an image or an audio that a model failed to generate → text. */
export function mediaErrorToText(kind: 'image' | 'audio', error: ErrorBlockDto): string {
  return error.message == null ? `[${kind} error]` : `[${kind} error: ${error.message}]`;
}
