import type { Dialect } from '../../../openai/dialect.js';
import type { TranslationOptions } from '../../translation.options.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The ids that a server takes, and how one is made of a digest where a client's is not among them. */
interface Form {
  readonly fits: RegExp;
  readonly prefix: string;
  /** Characters behind the prefix. */
  readonly length: number;
}

const FORMS: Record<Exclude<Dialect['toolCallId'], 'any'>, Form> = {
  alnum9: { fits: /^[a-zA-Z0-9]{9}$/, prefix: '', length: 9 },
  // 22 characters of 62 hold 130 bits
  max40: { fits: /^.{1,40}$/, prefix: 'call_', length: 22 },
};

/**
 * `toolUseId` → `tool_call_id`, for one request to one server. One id always gives the same, so that calls and results
 * find each other, and no two give the same. Another server may have made the id: what it allows may not be allowed
 * here.
 */
export class ToolCallIds {
  private readonly form?: Form;
  private readonly given = new Map<string, string>();
  private readonly taken = new Set<string>();

  constructor(
    policy: Dialect['toolCallId'],
    private readonly digest: TranslationOptions['digest'],
  ) {
    if (policy !== 'any') this.form = FORMS[policy];
  }

  of(toolUseId: string): string {
    if (this.form === undefined) return toolUseId;
    const known = this.given.get(toolUseId);
    if (known !== undefined) return known;
    const id = this.free(toolUseId, this.form);
    this.given.set(toolUseId, id);
    this.taken.add(id);
    return id;
  }

  private free(toolUseId: string, form: Form): string {
    let id = form.fits.test(toolUseId) ? toolUseId : this.shortened(toolUseId, form);
    // no tool-use id contains a blank, so what is digested here is no other id
    for (let attempt = 1; this.taken.has(id); attempt += 1)
      id = this.shortened(`${toolUseId} ${attempt}`, form);
    return id;
  }

  private shortened(text: string, { prefix, length }: Form): string {
    let id = prefix;
    for (const byte of this.digest(text).subarray(0, length)) id += ALPHABET[byte % ALPHABET.length];
    return id;
  }
}
