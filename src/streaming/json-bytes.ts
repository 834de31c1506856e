import { randomUUID } from 'node:crypto';

/** A JSON that is being written: the bytes that have a place in it, and what stands in their places meanwhile. */
class Composition {
  readonly placed: JsonBytes[] = [];
  /** Random, so that no text in the value can be taken for it. */
  readonly placeholder = randomUUID();

  /** JSON with placeholders → its bytes, in parts, with what belongs there in their places. */
  fill(json: string): Buffer[] {
    const parts: Buffer[] = [];
    for (const [index, piece] of json.split(`"${this.placeholder}"`).entries()) {
      parts.push(Buffer.from(piece), ...(this.placed[index]?.parts ?? []));
    }
    return parts;
  }
}

/** Set while `JsonBytes.of` runs JSON.stringify, which is synchronous. */
let composition: Composition | undefined;

/**
 * JSON as bytes: a whole body, or a part of one that stands in it as it is. An answer with megabytes of numbers is
 * written without JSON.stringify, and without a copy.
 */
export class JsonBytes {
  /** They follow one another. */
  readonly parts: readonly Buffer[];

  constructor(...parts: Buffer[]) {
    this.parts = parts;
  }

  /** A value → its JSON, with the bytes of every JsonBytes in it in their place. */
  static of(value: object): JsonBytes {
    const own = (composition = new Composition());
    try {
      return new JsonBytes(...own.fill(JSON.stringify(value)));
    } finally {
      composition = undefined;
    }
  }

  /** In one piece: of more than one part a copy. */
  get bytes(): Buffer {
    const [first] = this.parts;
    return first !== undefined && this.parts.length === 1 ? first : Buffer.concat(this.parts);
  }

  /** The value itself for logs, which show the answer as JSON. */
  toJSON(): unknown {
    if (composition === undefined) return JSON.parse(this.bytes.toString());
    composition.placed.push(this);
    return composition.placeholder;
  }
}
