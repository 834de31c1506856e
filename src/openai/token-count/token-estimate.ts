import { Base64Data } from '../base64-data.js';
import type { ChatCompletionParams, ChatMessage } from '../chat-completion.js';
import { imageSizeOf } from './image-size.js';
import { estimateImage } from './image-tokens.js';

const TOKENS_PER_REQUEST = 3;
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_TOOL = 8;
/** A page of a document has about 3,000 bytes and 1,500 tokens; audio and video are treated likewise. */
const TOKENS_PER_MEDIA_BYTE = 0.5;
const MAX_TOKENS_PER_MEDIA = 150_000;

const TEXT_BYTES_PER_TOKEN = 4;
/** JSON has more punctuation than prose. */
const JSON_BYTES_PER_TOKEN = 3.3;
/** Of longer texts only the beginning is measured, so that a large request does not block the process. */
const MAX_MEASURED_CHARACTERS = 200_000;

const BYTES_PER_ONE_TOKEN_CODE = 3;

type Part = { readonly type: string; readonly text?: unknown };

/**
 * A chat request → the approximate number of its input tokens. It is computed from the number of characters, within
 * about 30 % of what a tokenizer of a current model counts, in linear time.
 */
export function estimateTokens(params: ChatCompletionParams): number {
  let tokens = estimateFraming(params);
  for (const message of params.messages) tokens += messageTokens(message);
  for (const tool of params.tools ?? []) tokens += jsonTokens(tool);
  return Math.ceil(tokens);
}

/** Texts without a template around them, such as those to embed → the approximate number of their tokens. */
export function estimateTexts(texts: readonly string[]): number {
  let tokens = 0;
  for (const text of texts) tokens += textTokens(text, TEXT_BYTES_PER_TOKEN);
  return Math.ceil(tokens);
}

/** The tokens that the template of a model adds to the texts. */
export function estimateFraming({ messages, tools }: ChatCompletionParams): number {
  const ofTools = (tools?.length ?? 0) * TOKENS_PER_TOOL;
  return TOKENS_PER_REQUEST + messages.length * TOKENS_PER_MESSAGE + ofTools;
}

export function estimateTools(tools: ChatCompletionParams['tools'] = []): number {
  let tokens = 0;
  for (const tool of tools) tokens += TOKENS_PER_TOOL + jsonTokens(tool);
  return Math.ceil(tokens);
}

/** Images, documents, audio and video of the messages. */
export function estimateMedia(messages: readonly ChatMessage[]): number {
  let tokens = 0;
  for (const { content } of messages) {
    if (!Array.isArray(content)) continue;
    for (const part of content) tokens += mediaTokens(part);
  }
  return Math.ceil(tokens);
}

/** Everything of a request that a model reads as text. */
export function textsOf({ messages, tools = [] }: ChatCompletionParams): string[] {
  return [...tools.map((tool) => JSON.stringify(tool)), ...messages.flatMap(textsOfMessage)];
}

function textsOfMessage(message: ChatMessage): string[] {
  const { content } = message;
  const extras = extrasOf(message).map((value) => JSON.stringify(value));
  if (typeof content === 'string') return [...extras, content];
  const parts: readonly Part[] = content ?? [];
  return [...extras, ...parts.flatMap(({ text }) => (typeof text === 'string' ? [text] : []))];
}

function messageTokens(message: ChatMessage): number {
  const { content } = message;
  let tokens = 0;
  for (const value of extrasOf(message)) tokens += jsonTokens(value);
  if (typeof content === 'string') return tokens + textTokens(content, TEXT_BYTES_PER_TOKEN);
  for (const part of content ?? []) tokens += partTokens(part);
  return tokens;
}

/** Tool calls and reasoning. */
function extrasOf(message: ChatMessage): unknown[] {
  return Object.entries(message).flatMap(([name, value]: [string, unknown]) =>
    name === 'role' || name === 'content' || value == null ? [] : [value],
  );
}

function partTokens(part: Part): number {
  if (typeof part.text === 'string') return textTokens(part.text, TEXT_BYTES_PER_TOKEN);
  return mediaTokens(part) || jsonTokens(part);
}

/** 0 for a part without data, such as a text. Nobody here knows the size of an image at an address. */
function mediaTokens(part: Part): number {
  const data = dataIn(part);
  if (part.type === 'image_url') return estimateImage(imageSizeOf(data[0]?.base64 ?? ''));
  if (data.length === 0) return 0;
  const bytes = data.reduce((sum, { base64 }) => sum + Buffer.byteLength(base64, 'base64'), 0);
  return Math.min(bytes * TOKENS_PER_MEDIA_BYTE, MAX_TOKENS_PER_MEDIA);
}

function dataIn(value: unknown): Base64Data[] {
  if (value instanceof Base64Data) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(dataIn) : [];
}

function jsonTokens(value: unknown): number {
  return textTokens(JSON.stringify(value), JSON_BYTES_PER_TOKEN);
}

function textTokens(text: string, bytesPerToken: number): number {
  const measured = text.slice(0, MAX_MEASURED_CHARACTERS);
  if (measured === '') return 0;
  const bytes = Buffer.byteLength(measured);
  const isAscii = bytes === measured.length;
  const single = isAscii ? 0 : countOneTokenCodes(measured);
  const tokens = single + (bytes - single * BYTES_PER_ONE_TOKEN_CODE) / bytesPerToken;
  return (tokens * text.length) / measured.length;
}

function countOneTokenCodes(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) if (isOneToken(text.charCodeAt(index))) count += 1;
  return count;
}

/** UTF-16 codes that take a token each: kana and unified ideographs, Hangul, compatibility ideographs. */
function isOneToken(code: number): boolean {
  if (code < 0x3040) return false;
  return code <= 0x9fff || (code >= 0xac00 && code <= 0xd7af) || (code >= 0xf900 && code <= 0xfaff);
}
