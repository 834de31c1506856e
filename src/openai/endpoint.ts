/**
 * The path of an endpoint below the base URL of an upstream, such as `/chat/completions`. It may end with a query. After
 * `/..` it is below the base URL without its API version: `/../tokenize` of `http://vllm:8000/v1` is
 * `http://vllm:8000/tokenize`.
 */
export type Endpoint = `/${string}`;

const ABOVE_VERSION = '/../';
const VERSION = /\/v\d+$/;

export const CHAT_COMPLETIONS: Endpoint = '/chat/completions';
export const COMPLETIONS: Endpoint = '/completions';
export const EMBEDDINGS: Endpoint = '/embeddings';
export const IMAGE_GENERATIONS: Endpoint = '/images/generations';

/** A base URL → the URL of an endpoint. A query, such as Azure's `api-version`, is kept. */
export function endpointUrl(baseUrl: string, endpoint: Endpoint): URL {
  const url = new URL(baseUrl);
  const base = url.pathname.replace(/\/+$/, '');
  const [path = '', query = ''] = endpoint.split('?');
  url.pathname = path.startsWith(ABOVE_VERSION)
    ? base.replace(VERSION, '') + path.slice(ABOVE_VERSION.length - 1)
    : base + path;
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value);
  return url;
}

/** The endpoint for prompts, whatever the target. */
export function completionsEndpoint(): Endpoint {
  return COMPLETIONS;
}
