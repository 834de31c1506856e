import type { ConverseStreamEvent } from '../bedrock/converse/converse-stream-event.js';
import type { ConverseResponse } from '../bedrock/converse/converse-response.js';
import { nativeOrigins } from '../formats/native-origins.js';
import type { AnswerInfo, ReducedRequest } from '../formats/hub-format.js';
import { nativeEventOrigins } from '../formats/native-event-origins.js';
import type { EventOrigin, ValueOrigin } from '../observability/call-transcript.js';
import type { Exchange } from '../observability/exchange.js';
import type { ChatCompletionAnswer } from '../openai/chat-completion.js';
import { ChunkParser, type AnswerAdapter } from '../openai/chunk-parser.js';
import { piecesOf } from './invoke-model/chunk-pieces.js';

/*
 * What the inspector needs to tell where the parts of requests and answers come from. It is called only if the exchange keeps its
 * content, and it only keeps functions: the translation is repeated with a record when somebody asks.
 */

/** @param list the paths in the upstream request, from paths in the translated one */
export function keepRequestOrigins({ lastAttempt }: Exchange, list: () => readonly ValueOrigin[]): void {
  const transcript = lastAttempt?.transcript;
  if (transcript !== undefined) transcript.origins.request = list;
}

/** @param list the paths in the Converse answer, from paths in the upstream's */
export function keepAnswerOrigins({ lastAttempt }: Exchange, list: () => readonly ValueOrigin[]): void {
  const transcript = lastAttempt?.transcript;
  if (transcript !== undefined) transcript.origins.answer = list;
}

/** @param repeat translates the batches of chunks once more */
export function keepEventOrigins(
  { lastAttempt }: Exchange,
  repeat: (batches: readonly (readonly ChatCompletionAnswer[])[]) => readonly EventOrigin[],
  adapt?: AnswerAdapter,
): void {
  const transcript = lastAttempt?.transcript;
  if (transcript === undefined) return;
  transcript.origins.events = (parts) => {
    const parser = new ChunkParser(1, adapt);
    const batches = parts.map((part) => parser.push([Buffer.from(part)]));
    // a whole answer, which is not known before its end
    batches.at(-1)?.push(...parser.end());
    return repeat(batches);
  };
}

/** How a native answer was written. */
export function keepNativeOrigins(
  { content }: Exchange,
  reduced: ReducedRequest,
  response: ConverseResponse,
  info: AnswerInfo,
): void {
  if (content !== undefined) content.native = { answer: () => nativeOrigins(reduced, response, info) };
}

/** How native chunks were written. */
export function keepNativeEventOrigins(
  { content }: Exchange,
  reduced: ReducedRequest,
  info: AnswerInfo,
): void {
  if (content === undefined) return;
  content.native = {
    // they are those that a stream mapper made
    events: (events) =>
      nativeEventOrigins(reduced.openStream(info), events as readonly ConverseStreamEvent[], piecesOf),
  };
}
