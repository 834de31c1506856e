import type { ImageSize } from './image-size.js';

/** OpenAI's rule for images in high detail: https://platform.openai.com/docs/guides/images-vision */
const BASE_TOKENS = 85;
const TOKENS_PER_TILE = 170;
const TILE_PIXELS = 512;
const MAX_PIXELS = 2_048;
const MAX_SHORT_SIDE = 768;

/** Of an image whose size is unknown: 1,024 × 1,024 pixels. */
const UNKNOWN: ImageSize = { width: 1_024, height: 1_024 };

/** The size of an image, in pixels → its tokens. The image is scaled to 2,048 × 2,048 and to a short side of 768. */
export function estimateImage({ width, height }: ImageSize = UNKNOWN): number {
  const fit = Math.min(1, MAX_PIXELS / Math.max(width, height));
  const scale = fit * Math.min(1, MAX_SHORT_SIDE / (Math.min(width, height) * fit));
  const tiles = Math.ceil((width * scale) / TILE_PIXELS) * Math.ceil((height * scale) / TILE_PIXELS);
  return BASE_TOKENS + TOKENS_PER_TILE * tiles;
}
