import { Base64Data } from '../../openai/base64-data.js';
import type { ChatCompletionParams, ChatMessage, ContentPart } from '../../openai/chat-completion.js';
import { objectOf } from '../json-value.js';

/** The beginning of a data URI. */
const HEAD = /^data:(?<mediaType>[^;,]{1,100});base64,/;
const MAX_HEAD_CHARACTERS = 200;

/** Members of content parts that hold bytes as base64 without a media type. */
const BASE64_MEMBERS: ReadonlySet<string> = new Set(['data', 'file_data']);

/** The same params, with `Base64Data` where a client has written data as text: the bytes of media are no text to count. */
export function withMediaData(params: ChatCompletionParams): ChatCompletionParams {
  return { ...params, messages: params.messages.map(messageWithData) };
}

function messageWithData(message: ChatMessage): ChatMessage {
  if (message.role !== 'user' || !Array.isArray(message.content)) return message;
  return { ...message, content: message.content.map((part) => valueWithData(part, '') as ContentPart) };
}

function valueWithData(value: unknown, name: string): unknown {
  if (typeof value === 'string') return dataIn(value, name) ?? value;
  const members = objectOf(value);
  if (members === undefined) return value;
  return Object.fromEntries(
    Object.entries(members).map(([member, inner]) => [member, valueWithData(inner, member)]),
  );
}

function dataIn(text: string, name: string): Base64Data | undefined {
  const head = HEAD.exec(text.slice(0, MAX_HEAD_CHARACTERS));
  if (head !== null) return new Base64Data(text.slice(head[0].length), head.groups?.['mediaType']);
  return BASE64_MEMBERS.has(name) ? new Base64Data(text) : undefined;
}
