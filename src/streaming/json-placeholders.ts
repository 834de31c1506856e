import { randomUUID } from 'node:crypto';

/** Of the number of a placeholder: more values do not fit into any body. */
const INDEX_DIGITS = 8;

/** Values that are taken out of JSON before it is parsed, because JSON.parse would be slow to read them. */
export class JsonPlaceholders<Value> {
  /** Random, so that no sender can write it as text. */
  readonly #prefix = randomUUID();
  readonly #values: Value[] = [];

  /** Returns what stands for the value: a text that needs no escape between quotes. */
  add(value: Value): string {
    this.#values.push(value);
    return `${this.#prefix}${String(this.#values.length - 1).padStart(INDEX_DIGITS, '0')}`;
  }

  /** Parsed JSON → the same with the values in their places. Objects and lists are changed: nobody else has seen them. */
  replacedIn(parsed: unknown): unknown {
    if (typeof parsed === 'string') return this.#isOne(parsed) ? this.#valueOf(parsed) : parsed;
    if (Array.isArray(parsed)) this.#replaceElements(parsed);
    else if (typeof parsed === 'object' && parsed !== null) this.#replaceMembers(parsed);
    return parsed;
  }

  // loops over indexes and names: a list may have millions of elements
  #replaceElements(elements: unknown[]): void {
    for (let index = 0; index < elements.length; index += 1) {
      elements[index] = this.replacedIn(elements[index]);
    }
  }

  #replaceMembers(object: object): void {
    const members = object as Record<string, unknown>;
    for (const name in members) members[name] = this.replacedIn(members[name]);
  }

  #isOne(text: string): boolean {
    return text.length === this.#prefix.length + INDEX_DIGITS && text.startsWith(this.#prefix);
  }

  #valueOf(placeholder: string): Value | string {
    return this.#values[Number(placeholder.slice(-INDEX_DIGITS))] ?? placeholder;
  }
}
