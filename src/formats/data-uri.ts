import type { ContentBlockDto } from '../bedrock/converse/content-block.dto.js';
import { isBase64 } from '../bedrock/validation/blob.decorator.js';
import type { ImageFormat } from '../bedrock/converse/image-block.dto.js';
import { invalid } from './refuse.js';

const DATA_URI = /^data:image\/(?<type>png|jpe?g|gif|webp);base64,/;
/** Longer than every beginning that the pattern accepts. */
const MAX_BEGINNING = 40;

/**
 * A data URI → an image block.
 * @throws ValidationException for anything that is no image
 */
export function dataUriToImage(url: string, path: string): ContentBlockDto {
  const match = DATA_URI.exec(url.slice(0, MAX_BEGINNING));
  const type = match?.groups?.['type'];
  if (match === null || type === undefined)
    throw invalid(path, 'it is no PNG, JPEG, GIF or WebP image in base64.');
  const bytes = url.slice(match[0].length);
  if (bytes === '' || !isBase64(bytes)) throw invalid(path, 'it is not valid base64.');
  const format: ImageFormat = type === 'jpg' ? 'jpeg' : (type as ImageFormat); // the pattern names no other type
  return { image: { format, source: { bytes } } };
}
