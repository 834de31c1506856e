import type { GuardedImage } from '../../guardrails/guarded-content.js';

const DATA_URI = /^data:(?<mediaType>image\/[\w.+-]{1,100})(?:;[^;,]{1,100}){0,5};base64,/i;

/** A data URI → its image; undefined for an address, and for anything that is no image in base64. */
export function dataImage(url: unknown): GuardedImage | undefined {
  if (typeof url !== 'string') return undefined;
  const head = DATA_URI.exec(url);
  const mediaType = head?.groups?.['mediaType'];
  if (head === null || mediaType === undefined) return undefined;
  return { mediaType: mediaType.toLowerCase(), base64: url.slice(head[0].length) };
}
