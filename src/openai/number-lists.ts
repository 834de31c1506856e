import { JsonPlaceholders } from '../streaming/json-placeholders.js';
import { excerptOf } from './error-body.js';
import { NumberList } from './number-list.js';
import { mayBeNumbers } from './number-scan.js';
import { unusable } from './upstream.error.js';
import { wellFormedJson } from './well-formed-json.js';

const OPEN = 0x5b;
const CLOSE = 0x5d;
const BYTE_ORDER_MARK = '\ufeff';
const EXCERPT_BYTES = 2_000;

/**
 * The parts of a JSON → its value, in which each list of finite numbers is a NumberList that keeps its bytes. Embeddings
 * are megabytes of numbers: they are read once, neither parsed nor copied, and sent to the client as they came.
 *
 * @throws UpstreamError `unusable`: it is not JSON
 */
export function parseWithNumberLists(parts: readonly Buffer[]): unknown {
  const rest = new RestOfJson();
  try {
    // a text with brackets in it is no JSON any more when a placeholder stands in it
    return (rest.takeOutLists(parts) ? rest.parse() : undefined) ?? parse(Buffer.concat(parts).toString());
  } catch (cause) {
    const excerpt = excerptOf(Buffer.concat(parts).toString('utf8', 0, EXCERPT_BYTES));
    throw unusable('not JSON', { excerpt, cause });
  }
}

/** JSON in which placeholders stand for the lists of numbers. */
class RestOfJson {
  readonly #lists = new JsonPlaceholders<NumberList>();
  #text = '';

  /** Returns false when something looks like a list of numbers and is none, as a text with brackets may. */
  takeOutLists(parts: readonly Buffer[]): boolean {
    for (const part of cutBehindLists(parts)) {
      if (!this.#read(part)) return false;
    }
    return true;
  }

  /** Undefined when it is no JSON. */
  parse(): unknown {
    try {
      return this.#lists.replacedIn(parse(this.#text));
    } catch {
      return undefined;
    }
  }

  #read(bytes: Buffer): boolean {
    /** The bytes before this offset are in `#text`. */
    let taken = 0;
    const nextAfter = (start: number): number => bytes.indexOf(OPEN, Math.max(start + 1, taken));
    for (let start = bytes.indexOf(OPEN); start !== -1; start = nextAfter(start)) {
      if (!mayBeNumbers(bytes, start)) continue;
      const list = NumberList.at(start, bytes);
      if (list === undefined) return false;
      this.#text += `${bytes.toString('utf8', taken, start)}"${this.#lists.add(list)}"`;
      taken = start + list.bytes.length;
    }
    this.#text += bytes.toString('utf8', taken);
    return true;
  }
}

/**
 * Parts → the same bytes in other parts, each of which ends behind a `]`, but for the last. So no list of numbers lies
 * across a border, nor does a letter of several bytes. Only what lay across one is copied.
 */
function* cutBehindLists(parts: readonly Buffer[]): Generator<Buffer> {
  let begun: Buffer[] = [];
  for (const part of parts) {
    const first = part.indexOf(CLOSE) + 1;
    if (first === 0) {
      begun.push(part);
      continue;
    }
    const last = part.lastIndexOf(CLOSE) + 1;
    yield Buffer.concat([...begun, part.subarray(0, first)]);
    yield part.subarray(first, last);
    begun = [part.subarray(last)];
  }
  yield Buffer.concat(begun);
}

function parse(json: string): unknown {
  return JSON.parse(wellFormedJson(json.startsWith(BYTE_ORDER_MARK) ? json.slice(1) : json));
}
