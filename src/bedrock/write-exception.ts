import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BedrockException } from './bedrock.exception.js';
import { BEDROCK_ERRORS, type ErrorFormat } from './error-format.js';

const brokenRules = new WeakMap<ServerResponse, string>();

/** The rule that the request broke, for the log. Undefined when the exception does not name one. */
export function brokenRuleOf(response: ServerResponse): string | undefined {
  return brokenRules.get(response);
}

/**
 * Writes an exception as the response, in the format of the API whose path the request has: the first of `formats` that
 * matches, else Bedrock's. The header `x-amzn-errortype` names the exception in every format.
 */
export function writeException(
  request: IncomingMessage,
  response: ServerResponse,
  exception: BedrockException,
  formats: readonly ErrorFormat[] = [],
): void {
  const { url = '' } = request;
  const format = formats.find(({ matches }) => matches(url)) ?? BEDROCK_ERRORS;
  const answer = format.toAnswer(exception);
  // a string is sent in one write together with the headers
  const body = JSON.stringify(answer.body);
  if (exception.brokenRule !== undefined) brokenRules.set(response, exception.brokenRule);
  response.statusCode = answer.status;
  response.setHeader('x-amzn-errortype', exception.name);
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}
