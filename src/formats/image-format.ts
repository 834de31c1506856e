import type { ImageFormat } from '../bedrock/converse/image-block.dto.js';

/** The first characters of each format in base64. */
const BEGINNINGS: readonly (readonly [string, ImageFormat])[] = [
  ['iVBORw0KGgo', 'png'],
  ['/9j/', 'jpeg'],
  ['R0lGOD', 'gif'],
  ['UklGR', 'webp'],
];

/** An image in base64 → its format, told by its first bytes; undefined for any other data. */
export function imageFormat(base64: string): ImageFormat | undefined {
  return BEGINNINGS.find(([beginning]) => base64.startsWith(beginning))?.[1];
}
