import { randomUUID } from 'node:crypto';
import { Base64Data } from './base64-data.js';
import type { ChatCompletionParams, ChatMessage } from './chat-completion.js';
import { wellFormedJson } from './well-formed-json.js';

/** Below it JSON.stringify is as quick as what is done here to spare it. */
const LONG_CHARACTERS = 65_536;

/**
 * Params → the JSON of the upstream request, byte for byte what JSON.stringify gives, but for halves of surrogate pairs.
 * Images, documents and the like
 * are megabytes in which nothing needs escaping, a byte a character: they are left out of what is stringified, and
 * copied straight to their places.
 */
export function paramsToBody(params: ChatCompletionParams): string | Buffer {
  const left = new LongData();
  const messages = params.messages.map((message) => left.outOfMessage(message));
  if (left.isEmpty) return wellFormedJson(JSON.stringify(params));
  return left.insertInto(wellFormedJson(JSON.stringify({ ...params, messages })));
}

/** What was left out of an object, in the order of its JSON. */
class LongData {
  private readonly data: Base64Data[] = [];
  /** No client can have guessed it, so wherever it stands something was. */
  private placeholder: string | undefined;

  get isEmpty(): boolean {
    return this.data.length === 0;
  }

  outOfMessage(message: ChatMessage): unknown {
    if (message.role !== 'user' || typeof message.content === 'string') return message;
    return { ...message, content: message.content.map((part) => this.outOf(part)) };
  }

  insertInto(json: string): Buffer {
    const pieces = this.placeholder === undefined ? [json] : json.split(this.placeholder);
    const around = pieces.reduce((bytes, piece) => bytes + Buffer.byteLength(piece), 0);
    const body = Buffer.allocUnsafe(this.data.reduce((bytes, data) => bytes + lengthOf(data), around));
    let offset = 0;
    for (const [index, piece] of pieces.entries()) {
      offset += body.write(piece, offset);
      offset += body.write(this.data[index]?.head ?? '', offset, 'latin1');
      offset += body.write(this.data[index]?.base64 ?? '', offset, 'latin1');
    }
    return body;
  }

  /** Of a content part: members, and theirs. */
  private outOf(value: unknown): unknown {
    if (value instanceof Base64Data) return this.outOfData(value);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, below]) => [name, this.outOf(below)]));
  }

  private outOfData(data: Base64Data): unknown {
    if (lengthOf(data) < LONG_CHARACTERS) return data;
    this.data.push(data);
    this.placeholder ??= randomUUID();
    return this.placeholder;
  }
}

function lengthOf({ head, base64 }: Base64Data): number {
  return head.length + base64.length;
}
