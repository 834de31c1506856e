import { unusable } from '../upstream.error.js';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parsed JSON → the images in it, as base64.
 *
 * @throws UpstreamError `unusable`: no images, or only addresses of images, which are not fetched
 */
export function bodyToImages(body: unknown): string[] {
  const data = isObject(body) ? body['data'] : undefined;
  if (!Array.isArray(data) || data.length === 0) throw unusable('an answer without images');
  return data.map(toImage);
}

function toImage(image: unknown): string {
  const { b64_json: base64, url } = isObject(image) ? image : {};
  if (typeof base64 === 'string' && base64 !== '') return base64;
  throw unusable(
    typeof url === 'string' ? 'the address of an image in place of the image' : 'an answer without images',
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
