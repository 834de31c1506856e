import type { ServerResponse } from 'node:http';
import type { BedrockException } from './bedrock.exception.js';

/**
 * As an answer: `{"message"}` with `x-amzn-errortype`.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
export function writeException(response: ServerResponse, exception: BedrockException): void {
  // a text goes out in one piece with the headers
  const body = JSON.stringify({ message: exception.message, ...exception.fields });
  response.statusCode = exception.status;
  response.setHeader('x-amzn-errortype', exception.name);
  for (const [name, value] of Object.entries(exception.headers)) response.setHeader(name, value);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}
