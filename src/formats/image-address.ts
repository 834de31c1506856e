import { ImageAddress } from '../bedrock/converse/image-address.js';
import type { ImageBlockDto } from '../bedrock/converse/image-block.dto.js';
import { invalid } from './refuse.js';

const WEB_ADDRESS = /^https?:\/\//i;

/**
 * The address of an image → an image that the server loads, where it may: the translation decides that.
 * @throws ValidationException for an address outside of the web
 */
export function addressToImage(url: string, path: string): ImageBlockDto {
  if (!WEB_ADDRESS.test(url)) throw invalid(path, 'it is no http or https address.');
  // whoever loads the image learns its format; nobody reads it here
  return { format: 'jpeg', source: new ImageAddress(url) };
}
