import { parseJsonObject } from './json-value.js';

/**
 * Reasoning has to come back to some servers with data that Bedrock has no field for. Clients keep a
 * reasoning block only when it is signed, and resend the signature unchanged: so the signature is where the
 * data travels. It came from an upstream and goes to one, is never trusted, and is checked when it returns.
 */
const REASONING_FIELDS = [
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'thinking_blocks',
  'thinking',
] as const;

export type ReasoningField = (typeof REASONING_FIELDS)[number];

export interface ReasoningEnvelope {
  readonly upstream: string;
  readonly model: string;
  /** The field of the upstream's message that the reasoning came in. */
  readonly field: ReasoningField;
  /** What that server wants back: `reasoning_details`, `thinking_blocks`, thought signatures by tool-use id. */
  readonly data?: unknown;
}

/** The text of a block that only carries data: clients drop a reasoning block without any. */
export const NO_REASONING_TEXT = ' ';

const PREFIX = 'brp1.';
const MAX_DATA_CHARACTERS = 65_536;
const MAX_SIGNATURE_CHARACTERS = PREFIX.length + Math.ceil(((MAX_DATA_CHARACTERS + 4_096) * 4) / 3) * 3;

/** Envelope → signature. Data over 64 kB is left out: the reasoning text still goes back. */
export function encodeReasoningEnvelope({ upstream, model, field, data }: ReasoningEnvelope): string {
  const kept = data !== undefined && JSON.stringify(data).length <= MAX_DATA_CHARACTERS ? data : undefined;
  const json = JSON.stringify({ v: 1, up: upstream, m: model, f: field, d: kept });
  return PREFIX + Buffer.from(json).toString('base64url');
}

/** Signature → envelope, or undefined when it is not one of ours, broken, or too large. */
export function decodeReasoningEnvelope(signature: string): ReasoningEnvelope | undefined {
  if (!signature.startsWith(PREFIX) || signature.length > MAX_SIGNATURE_CHARACTERS) return undefined;
  const fields = parseJsonObject(Buffer.from(signature.slice(PREFIX.length), 'base64url').toString());
  if (fields === undefined || fields.v !== 1) return undefined;
  const { up: upstream, m: model, f, d: data } = fields;
  const field = REASONING_FIELDS.find((name) => name === f);
  if (typeof upstream !== 'string' || typeof model !== 'string' || field === undefined) return undefined;
  return data === undefined ? { upstream, model, field } : { upstream, model, field, data };
}
