/** The path of an endpoint below the base URL of an upstream, such as `/chat/completions`. */
export type Endpoint = `/${string}`;

export const CHAT_COMPLETIONS: Endpoint = '/chat/completions';
export const EMBEDDINGS: Endpoint = '/embeddings';
export const RERANK: Endpoint = '/rerank';
export const IMAGE_GENERATIONS: Endpoint = '/images/generations';

/** A base URL → the URL of an endpoint. A query, such as Azure's `api-version`, is kept. */
export function endpointUrl(baseUrl: string, endpoint: Endpoint): URL {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${endpoint}`;
  return url;
}
