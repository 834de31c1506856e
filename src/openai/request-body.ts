import { randomUUID } from 'node:crypto';
import { Base64Data } from './base64-data.js';
import type { ChatCompletionParams, ChatMessage } from './chat-completion.js';
import { wellFormedJson } from './well-formed-json.js';

/** For shorter data JSON.stringify is as fast. */
const LONG_DATA_CHARACTERS = 65_536;

/**
 * Params → the JSON of the upstream request: what JSON.stringify gives, with U+FFFD in place of lone surrogates.
 * Images and documents are megabytes of base64, which needs no escaping. So JSON.stringify gets placeholders, and the
 * data is copied to their places.
 */
export function paramsToBody(params: ChatCompletionParams): string | Buffer {
  const longData = new LongData();
  const messages = params.messages.map((message) => longData.replaceInMessage(message));
  if (longData.isEmpty) return wellFormedJson(JSON.stringify(params));
  return longData.insertInto(wellFormedJson(JSON.stringify({ ...params, messages })));
}

/** As `paramsToBody`, for the params of any endpoint: long data may be anywhere in them. */
export function jsonToBody(params: object): string | Buffer {
  const longData = new LongData();
  const json = wellFormedJson(JSON.stringify(longData.replaceIn(params)));
  return longData.isEmpty ? json : longData.insertInto(json);
}

/** The data that was replaced by placeholders, in the order of the JSON. */
class LongData {
  private readonly data: Base64Data[] = [];
  /** Random, so that no client can send it as text. */
  private placeholder: string | undefined;

  get isEmpty(): boolean {
    return this.data.length === 0;
  }

  replaceInMessage(message: ChatMessage): unknown {
    if (message.role !== 'user' || !Array.isArray(message.content)) return message;
    return { ...message, content: message.content.map((part) => this.replaceIn(part)) };
  }

  insertInto(json: string): Buffer {
    const pieces = this.placeholder === undefined ? [json] : json.split(this.placeholder);
    const jsonBytes = pieces.reduce((bytes, piece) => bytes + Buffer.byteLength(piece), 0);
    const body = Buffer.allocUnsafe(this.data.reduce((bytes, data) => bytes + lengthOf(data), jsonBytes));
    let offset = 0;
    for (const [index, piece] of pieces.entries()) {
      offset += body.write(piece, offset);
      offset += body.write(this.data[index]?.head ?? '', offset, 'latin1');
      offset += body.write(this.data[index]?.base64 ?? '', offset, 'latin1');
    }
    return body;
  }

  /** → a copy of a value with placeholders in place of long data, at any depth. */
  replaceIn(value: unknown): unknown {
    if (value instanceof Base64Data) return this.replaceData(value);
    if (Array.isArray(value)) return value.map((element) => this.replaceIn(element));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.replaceIn(member)]));
  }

  private replaceData(data: Base64Data): unknown {
    if (lengthOf(data) < LONG_DATA_CHARACTERS) return data;
    this.data.push(data);
    this.placeholder ??= randomUUID();
    return this.placeholder;
  }
}

function lengthOf({ head, base64 }: Base64Data): number {
  return head.length + base64.length;
}
