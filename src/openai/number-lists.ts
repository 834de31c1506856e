import { randomUUID } from 'node:crypto';
import { excerptOf } from './error-body.js';
import { NumberList } from './number-list.js';
import { unusable } from './upstream.error.js';
import { wellFormedJson } from './well-formed-json.js';

const OPEN = 0x5b;
const CLOSE = 0x5d;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const SPACES: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * JSON → its value, in which each list of finite numbers is a NumberList that keeps its bytes. Embeddings are megabytes
 * of numbers: they are parsed once, and copied to the client as they came.
 *
 * @throws UpstreamError `unusable`: it is not JSON
 */
export function parseWithNumberLists(body: Buffer): unknown {
  const bytes = withoutByteOrderMark(body);
  const rest = new RestOfJson(bytes);
  try {
    // a text with brackets in it is no JSON any more when a placeholder stands in it
    return rest.takeOutLists() ? (rest.parse() ?? parse(bytes.toString())) : parse(bytes.toString());
  } catch (cause) {
    throw unusable('not JSON', { excerpt: excerptOf(bytes.toString('utf8', 0, 2_000)), cause });
  }
}

/** JSON in which placeholders stand for the lists of numbers. */
class RestOfJson {
  readonly #lists: NumberList[] = [];
  /** Random, so that no text of the upstream can be taken for it. */
  readonly #placeholder = randomUUID();
  #text = '';
  /** The bytes before this offset are in `#text`. */
  #taken = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Returns false when something looks like a list of numbers and is none, as a text with brackets may. */
  takeOutLists(): boolean {
    const { bytes } = this;
    let start = bytes.indexOf(OPEN);
    while (start !== -1) {
      const next = this.#startsWithNumber(start) ? this.#takeOut(start) : start + 1;
      if (next === undefined) return false;
      start = bytes.indexOf(OPEN, next);
    }
    this.#text += bytes.toString('utf8', this.#taken);
    return true;
  }

  /** Undefined when it is no JSON. */
  parse(): unknown {
    try {
      return parse(this.#text, (_key, value: unknown) => {
        if (typeof value !== 'string' || !value.startsWith(this.#placeholder)) return value;
        return this.#lists[Number(value.slice(this.#placeholder.length))];
      });
    } catch {
      return undefined;
    }
  }

  #startsWithNumber(start: number): boolean {
    let index = start + 1;
    while (SPACES.has(this.bytes[index])) index += 1;
    const first = this.bytes[index] ?? 0;
    return first === MINUS || (first >= DIGIT_0 && first <= DIGIT_9);
  }

  /** → the offset behind the list; undefined when it is none. */
  #takeOut(start: number): number | undefined {
    const { bytes } = this;
    const end = bytes.indexOf(CLOSE, start) + 1;
    const list = end === 0 ? undefined : NumberList.parse(bytes.subarray(start, end));
    if (list === undefined) return undefined;
    this.#text += `${bytes.toString('utf8', this.#taken, start)}"${this.#placeholder}${this.#lists.length}"`;
    this.#lists.push(list);
    this.#taken = end;
    return end;
  }
}

function parse(text: string, reviver?: (key: string, value: unknown) => unknown): unknown {
  return JSON.parse(wellFormedJson(text), reviver);
}

function withoutByteOrderMark(body: Buffer): Buffer {
  const { length } = BYTE_ORDER_MARK;
  return BYTE_ORDER_MARK.equals(body.subarray(0, length)) ? body.subarray(length) : body;
}
