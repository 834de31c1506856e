import { Base64Data } from '../../openai/base64-data.js';
import type { ChatCompletionParams, ChatMessage } from '../../openai/chat-completion.js';

const TOKENS_PER_REQUEST = 3;
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_TOOL = 8;
/** An image of 1,024 × 1,024 pixels. The real size is not read. */
const TOKENS_PER_IMAGE = 765;
/** A page of a document has about 3,000 bytes and 1,500 tokens; audio and video are treated likewise. */
const TOKENS_PER_MEDIA_BYTE = 0.5;
const MAX_TOKENS_PER_MEDIA = 150_000;

const TEXT_BYTES_PER_TOKEN = 4;
/** JSON has more punctuation than prose. */
const JSON_BYTES_PER_TOKEN = 3.3;
/** Of longer texts only the beginning is measured, so that a large request does not block the process. */
const MAX_MEASURED_CHARACTERS = 200_000;

/** UTF-16 codes that take a token each: [first, last]. */
const ONE_TOKEN_CODES = [
  [0x3040, 0x9fff], // kana and unified ideographs
  [0xac00, 0xd7af], // Hangul
  [0xf900, 0xfaff], // compatibility ideographs
] as const;
const BYTES_PER_ONE_TOKEN_CODE = 3;

/**
 * A chat request → the approximate number of its input tokens. It is computed from the number of characters, within
 * about 30 % of what a tokenizer of a current model counts, in linear time.
 */
export function estimateTokens({ messages, tools = [] }: ChatCompletionParams): number {
  let tokens = TOKENS_PER_REQUEST;
  for (const message of messages) tokens += TOKENS_PER_MESSAGE + messageTokens(message);
  for (const tool of tools) tokens += TOKENS_PER_TOOL + jsonTokens(tool);
  return Math.ceil(tokens);
}

function messageTokens(message: ChatMessage): number {
  const { content } = message;
  let tokens = 0;
  // tool calls and reasoning
  for (const [name, value] of Object.entries(message)) {
    if (name !== 'role' && name !== 'content' && value != null) tokens += jsonTokens(value);
  }
  if (typeof content === 'string') return tokens + textTokens(content, TEXT_BYTES_PER_TOKEN);
  for (const part of content ?? []) tokens += partTokens(part);
  return tokens;
}

function partTokens(part: { type: string; text?: unknown }): number {
  if (part.type === 'image_url') return TOKENS_PER_IMAGE;
  if (typeof part.text === 'string') return textTokens(part.text, TEXT_BYTES_PER_TOKEN);
  const bytes = mediaBytes(part);
  return bytes > 0 ? Math.min(bytes * TOKENS_PER_MEDIA_BYTE, MAX_TOKENS_PER_MEDIA) : jsonTokens(part);
}

function mediaBytes(part: object): number {
  let bytes = 0;
  for (const member of Object.values(part)) {
    if (member instanceof Base64Data) bytes += Buffer.byteLength(member.base64, 'base64');
    else if (typeof member === 'object' && member !== null) bytes += mediaBytes(member);
  }
  return bytes;
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
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (ONE_TOKEN_CODES.some(([first, last]) => code >= first && code <= last)) count += 1;
  }
  return count;
}
