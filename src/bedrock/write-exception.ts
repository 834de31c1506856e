import type { ServerResponse } from 'node:http';
import type { BedrockException } from './bedrock.exception.js';

const brokenRules = new WeakMap<ServerResponse, string>();

/** What was wrong with the request, for the log; undefined where the exception does not say. */
export function brokenRuleOf(response: ServerResponse): string | undefined {
  return brokenRules.get(response);
}

/**
 * As an answer: `{"message"}` with `x-amzn-errortype`.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
export function writeException(response: ServerResponse, exception: BedrockException): void {
  // a text goes out in one piece with the headers
  const body = JSON.stringify({ message: exception.message, ...exception.fields });
  if (exception.brokenRule !== undefined) brokenRules.set(response, exception.brokenRule);
  response.statusCode = exception.status;
  response.setHeader('x-amzn-errortype', exception.name);
  for (const [name, value] of Object.entries(exception.headers)) response.setHeader(name, value);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}
