import { listOf, objectOf } from '../../translation/json-value.js';
import { unseenImage } from '../guardrails/unseen-images.js';
import { dataImage } from './data-image.js';
import type { ChatMessageDto } from './chat-completion-request.dto.js';

/**
 * Refuses images in messages of users that are not there as base64: content filters see only what the request holds.
 * @throws ValidationException
 */
export function refuseUnseenImages(messages: readonly ChatMessageDto[]): void {
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== 'user') continue;
    const part = listOf(content).findIndex((each) => isUnseen(objectOf(each)?.['image_url']));
    if (part !== -1) throw unseenImage(`messages.${index}.content.${part}.image_url`);
  }
}

/** An address is a member of an object, or stands alone. */
function isUnseen(image: unknown): boolean {
  const url = objectOf(image)?.['url'] ?? image;
  return typeof url === 'string' && dataImage(url) === undefined;
}
