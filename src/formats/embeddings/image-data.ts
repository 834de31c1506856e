import type { EmbeddingImage } from '../../bedrock/embeddings/embedding-request.js';
import { isBase64 } from '../../bedrock/validation/blob.decorator.js';
import { invalid, unsupported } from '../refuse.js';

/** The beginning of base64 → the media type of the image in it. */
const MEDIA_TYPES: readonly (readonly [start: string, mediaType: string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];
const DATA_URI = /^data:(?<mediaType>image\/[\w.+-]{1,40});base64,/;
const MAX_HEAD_CHARACTERS = 80;

/** Base64 without a media type → the image, whose first bytes tell what it is. */
export function base64ToImage(base64: string): EmbeddingImage {
  const known = MEDIA_TYPES.find(([start]) => base64.startsWith(start));
  return { base64, mediaType: known?.[1] ?? 'image/png' };
}

/**
 * `data:image/png;base64,…` → the image.
 * @throws ValidationException for any other URI: addresses are not fetched
 */
export function dataUriToImage(uri: string, path: string): EmbeddingImage {
  const head = DATA_URI.exec(uri.slice(0, MAX_HEAD_CHARACTERS));
  const mediaType = head?.groups?.mediaType;
  if (head === null || mediaType === undefined) {
    throw unsupported(path, 'an image must be a data URI with base64, as data:image/png;base64,…');
  }
  const base64 = uri.slice(head[0].length);
  if (base64 === '' || !isBase64(base64)) throw invalid(path, 'the data URI does not hold base64.');
  return { base64, mediaType };
}
