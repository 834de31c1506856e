/**
 * What happens to addresses of images, videos and audio in requests. The proxy never loads them; a server that gets one
 * does:
 * - `auto`: bodies of OpenAI's API keep them; from other bodies they go to services on the internet that load them;
 * - `pass`: they go to the server;
 * - `refuse`: a request with one is refused.
 */
export const MEDIA_URLS = ['auto', 'pass', 'refuse'] as const;

export type MediaUrls = (typeof MEDIA_URLS)[number];
