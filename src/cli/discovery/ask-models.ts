import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { readBoundedJson } from '../../streaming/bounded-json.js';

/** What a server said to `GET {baseUrl}/models`. */
export interface ModelListAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when the body is not JSON, or longer than 1 MB. */
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
}

const MAX_BYTES = 1024 * 1024;

export interface AskOptions {
  /** For the whole answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly apiKey?: string | undefined;
}

/**
 * Asks a server which models it has. Redirects are not followed. Undefined when there is no answer in time.
 */
export async function askModels(
  baseUrl: string,
  { timeoutMs, apiKey }: AskOptions,
): Promise<ModelListAnswer | undefined> {
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/models`;
  const signal = AbortSignal.timeout(timeoutMs);
  const headers = { accept: 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) };
  // its own connection, which ends with the answer
  const options = { signal, headers, agent: false as const };
  const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
  try {
    return await answerOf(request);
  } catch {
    return undefined;
  } finally {
    request.destroy();
  }
}

async function answerOf(request: ClientRequest): Promise<ModelListAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    // later errors belong to the response
    request.on('error', reject);
    request.end();
  });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: await readBoundedJson(response, MAX_BYTES),
  };
}
