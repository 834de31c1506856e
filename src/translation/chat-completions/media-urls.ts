import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { objectOf } from '../json-value.js';
import { checkMediaUrl } from '../request/content/media-url.js';

/** Members of a content part's value that servers load. */
const ADDRESSES = ['url', 'file_data'] as const;

/**
 * Checks the addresses in the content parts of messages: `image_url`, `video_url`, `file` and others.
 * @throws ValidationException
 */
export function checkMediaUrls(messages: readonly unknown[], target: UpstreamTarget): void {
  for (const [index, message] of messages.entries()) {
    const content = objectOf(message)?.content;
    if (!Array.isArray(content)) continue;
    for (const [part, value] of content.entries()) {
      checkPart(objectOf(value) ?? {}, `messages.${index}.content.${part}`, target);
    }
  }
}

/** A part has its value under the name of its type: an object, or the address itself. */
function checkPart(part: Record<string, unknown>, path: string, target: UpstreamTarget): void {
  const { type } = part;
  if (typeof type !== 'string' || type === 'text' || !Object.hasOwn(part, type)) return;
  const value = part[type];
  if (typeof value === 'string') return checkMediaUrl(value, `${path}.${type}`, target);
  const members = objectOf(value) ?? {};
  for (const name of ADDRESSES) {
    const url = members[name];
    if (typeof url === 'string') checkMediaUrl(url, `${path}.${type}.${name}`, target);
  }
}
