import { ImageAddress } from '../../../bedrock/converse/image-address.js';
import type { ImageBlockDto } from '../../../bedrock/converse/image-block.dto.js';
import { Base64Data } from '../../../openai/base64-data.js';
import type { ContentPart } from '../../../openai/chat-completion.js';
import { unsupported } from '../refuse.js';
import type { RequestContext } from '../request-context.js';
import { checkImageAddress } from './media-url.js';
import { mediaErrorToText, sourceToBase64 } from './media-source.js';
import { textToContentPart } from './text.js';

/**
 * `image` → `image_url` part with a data URI, or with the address that the image has in the body of another API. Bedrock's
 * format names are the media subtypes.
 * @throws ValidationException for an S3 location, or when the upstream accepts no images or no addresses
 */
export function imageToContentPart(
  image: ImageBlockDto,
  path: string,
  { dialect, target }: RequestContext,
): ContentPart {
  if (image.error != null) return textToContentPart(mediaErrorToText('image', image.error));
  if (dialect.imageUrl === 'none') throw unsupported(path, 'the upstream takes no images.');
  if (image.source instanceof ImageAddress) {
    checkImageAddress(`${path}.source`, target);
    return { type: 'image_url', image_url: { url: image.source.url } };
  }
  const bytes = sourceToBase64(image.source, `${path}.source`);
  return { type: 'image_url', image_url: { url: new Base64Data(bytes, `image/${image.format}`) } };
}
