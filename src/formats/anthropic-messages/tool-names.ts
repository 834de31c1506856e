import { hash } from 'node:crypto';

/** Converse's limit, and that of OpenAI's servers. Anthropic's is twice as long. */
const MAX_CHARACTERS = 64;
const DIGEST_CHARACTERS = 8;
const KEPT_CHARACTERS = MAX_CHARACTERS - DIGEST_CHARACTERS - 1;

/** Shortens tool names for one request, always to the same name, and finds the long one again in the answer. */
export class ToolNames {
  private originals?: Map<string, string>;

  shortened(name: string): string {
    if (name.length <= MAX_CHARACTERS) return name;
    const digest = hash('sha256', name).slice(0, DIGEST_CHARACTERS);
    const short = `${name.slice(0, KEPT_CHARACTERS)}_${digest}`;
    this.originals ??= new Map();
    this.originals.set(short, name);
    return short;
  }

  original(name: string): string {
    return this.originals?.get(name) ?? name;
  }
}
