import type { Dialect } from '../../../openai/dialect.js';
import type { TranslationOptions } from '../../translation.options.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The ids that a server accepts, and the format of an id that is derived from a digest. */
interface Form {
  readonly fits: RegExp;
  readonly prefix: string;
  /** Characters after the prefix. */
  readonly length: number;
}

const FORMS: Record<Exclude<Dialect['toolCallId'], 'any'>, Form> = {
  alnum9: { fits: /^[a-zA-Z0-9]{9}$/, prefix: '', length: 9 },
  // 22 characters of 62 hold 130 bits
  max40: { fits: /^.{1,40}$/, prefix: 'call_', length: 22 },
};

/**
 * `toolUseId` → `tool_call_id`, for one request to one server. The mapping is unique and stable within the request, so
 * that calls and results match. An id that this server would refuse, for example because another server made it, is
 * replaced by one derived from its digest.
 */
export class ToolCallIds {
  private readonly form?: Form;
  private readonly assigned = new Map<string, string>();
  private readonly used = new Set<string>();

  constructor(
    policy: Dialect['toolCallId'],
    private readonly digest: TranslationOptions['digest'],
  ) {
    if (policy !== 'any') this.form = FORMS[policy];
  }

  of(toolUseId: string): string {
    if (this.form === undefined) return toolUseId;
    const known = this.assigned.get(toolUseId);
    if (known !== undefined) return known;
    const id = this.uniqueId(toolUseId, this.form);
    this.assigned.set(toolUseId, id);
    this.used.add(id);
    return id;
  }

  private uniqueId(toolUseId: string, form: Form): string {
    let id = form.fits.test(toolUseId) ? toolUseId : this.digestedId(toolUseId, form);
    // tool-use ids contain no space, so this text differs from every id
    for (let attempt = 1; this.used.has(id); attempt += 1)
      id = this.digestedId(`${toolUseId} ${attempt}`, form);
    return id;
  }

  private digestedId(text: string, { prefix, length }: Form): string {
    let id = prefix;
    for (const byte of this.digest(text).subarray(0, length)) id += ALPHABET[byte % ALPHABET.length];
    return id;
  }
}
