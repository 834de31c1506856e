import type { ServerResponse } from 'node:http';
import type { BedrockException } from './bedrock.exception.js';

const brokenRules = new WeakMap<ServerResponse, string>();

/** The rule that the request broke, for the log. Undefined when the exception does not name one. */
export function brokenRuleOf(response: ServerResponse): string | undefined {
  return brokenRules.get(response);
}

/**
 * Writes an exception as the response: `{"message"}` with the header `x-amzn-errortype`.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
export function writeException(response: ServerResponse, exception: BedrockException): void {
  // a string is sent in one write together with the headers
  const body = JSON.stringify({ message: exception.message, ...exception.fields });
  if (exception.brokenRule !== undefined) brokenRules.set(response, exception.brokenRule);
  response.statusCode = exception.status;
  response.setHeader('x-amzn-errortype', exception.name);
  for (const [name, value] of Object.entries(exception.headers)) response.setHeader(name, value);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}
