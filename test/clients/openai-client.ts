import OpenAI, { type ClientOptions } from 'openai';

/** The official package, as an application creates it. */
export function openAIClient(url: string, options: ClientOptions = {}): OpenAI {
  return new OpenAI({ baseURL: `${url}/openai/v1`, apiKey: 'any', ...options });
}
