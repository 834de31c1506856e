import { parseJsonObject } from './json-value.js';

/**
 * The fields in which servers send reasoning. Some servers expect it back with data that Bedrock has no field for.
 * Clients keep a signed reasoning block and send its signature back unchanged, so the signature carries that data. It is
 * never trusted: type and size are checked when it comes back.
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
  /** The field of the upstream's message that held the reasoning. */
  readonly field: ReasoningField;
  /** The data the server expects back: `reasoning_details`, `thinking_blocks`, or thought signatures by tool-use id. */
  readonly data?: unknown;
}

/** The text of a block that only carries data. Clients drop a reasoning block without text. */
export const NO_REASONING_TEXT = ' ';

const PREFIX = 'brp1.';
const MAX_DATA_CHARACTERS = 65_536;
const MAX_SIGNATURE_CHARACTERS = PREFIX.length + Math.ceil(((MAX_DATA_CHARACTERS + 4_096) * 4) / 3) * 3;

/** Envelope → signature. Data over 64 kB is left out, and the server gets only the text back. */
export function encodeReasoningEnvelope({ upstream, model, field, data }: ReasoningEnvelope): string {
  const kept = data !== undefined && JSON.stringify(data).length <= MAX_DATA_CHARACTERS ? data : undefined;
  const json = JSON.stringify({ v: 1, up: upstream, m: model, f: field, d: kept });
  return PREFIX + Buffer.from(json).toString('base64url');
}

/** Signature → envelope. Undefined when it is malformed, too large, or not made by this proxy. */
export function decodeReasoningEnvelope(signature: string): ReasoningEnvelope | undefined {
  if (!signature.startsWith(PREFIX) || signature.length > MAX_SIGNATURE_CHARACTERS) return undefined;
  const fields = parseJsonObject(Buffer.from(signature.slice(PREFIX.length), 'base64url').toString());
  if (fields === undefined || fields.v !== 1) return undefined;
  const { up: upstream, m: model, f, d: data } = fields;
  const field = REASONING_FIELDS.find((name) => name === f);
  if (typeof upstream !== 'string' || typeof model !== 'string' || field === undefined) return undefined;
  return data === undefined ? { upstream, model, field } : { upstream, model, field, data };
}
