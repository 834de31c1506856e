import { answerJson, type UpstreamScript } from './scripted-upstream.js';

/** What FastAPI answers for a path that it does not have. */
const MISSING = answerJson({ detail: 'Not Found' }, 404);

/** Answers each path with its script, and any other path as a server that does not have it. */
export function byPath(scripts: Readonly<Record<string, UpstreamScript>>): UpstreamScript {
  return (request, response) => {
    const [path = ''] = request.path.split('?');
    return (scripts[path] ?? MISSING)(request, response);
  };
}

export interface CountAnswer {
  readonly status: number;
  /** `exact;source=vllm`; null for an error. */
  readonly source: string | null;
  readonly body: Record<string, unknown>;
}

/** Asks for the tokens of a Converse request, or of another input. */
export async function countTokens(
  url: string,
  modelId: string,
  input: object = { converse: HELLO },
  init: RequestInit = {},
): Promise<CountAnswer> {
  const response = await fetch(`${url}/model/${encodeURIComponent(modelId)}/count-tokens`, {
    method: 'POST',
    body: JSON.stringify({ input }),
    ...init,
  });
  return {
    status: response.status,
    source: response.headers.get('x-proxy-token-count'),
    body: (await response.json()) as CountAnswer['body'], // every answer is a JSON object
  };
}

/** Estimated at 9 tokens. */
export const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello...' }] }] };
export const HELLO_MESSAGES = [{ role: 'user', content: 'Hello...' }];
export const HELLO_ESTIMATE = 9;
