import type { ServerResponse } from 'node:http';
import type { AnswerContent } from '../observability/answer-content.js';

type End = (...args: readonly unknown[]) => ServerResponse;

/** Keeps what is sent in one piece: the answers of operations without a model, and errors, which no operation records. */
export function keepSentBody(response: ServerResponse, content: AnswerContent): void {
  const end = response.end.bind(response) as End; // of its many forms the first argument alone is looked at
  response.end = (...args: readonly unknown[]): ServerResponse => {
    const [body] = args;
    if (typeof body === 'string' || Buffer.isBuffer(body)) content.body = body;
    return end(...args);
  };
}
