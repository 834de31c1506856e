import { redactKey, type KeyHolder } from '../config/redact-key.js';
import { redactSecrets } from '../observability/logs/redact-secrets.js';
import type { Body } from './call.js';

/** Longer texts in a long body are folded: most are media in base64. */
const LONG_TEXT = 1_024;
const SHOWN = 64;
const HIDDEN = '[hidden]';
/** Members under which Bedrock reports what a guardrail found. */
const GUARDRAIL_REPORTS: ReadonlySet<string> = new Set(['guardrail', 'assessments']);

/** A body → what is kept of it: without secrets, and at most so many characters. */
export function keptBody(text: string, maxCharacters: number, upstreams: readonly KeyHolder[] = []): Body {
  const folded = text.length > maxCharacters ? foldLongTexts(text) : text;
  const shown = folded.slice(0, maxCharacters);
  return { text: redacted(shown, upstreams), isCut: shown.length < folded.length };
}

/** An answer, or the events of a stream → its JSON, without what a guardrail found. */
export function keptAnswer(answer: unknown, maxCharacters: number): Body {
  return keptBody(JSON.stringify(answer, hideMatches) ?? '', maxCharacters);
}

function redacted(text: string, upstreams: readonly KeyHolder[]): string {
  const withoutKeys = upstreams.reduce((kept, upstream) => {
    const told = redactKey(kept, upstream);
    return upstream.apiKey === undefined ? told : told.replaceAll(upstream.apiKey, '[redacted]');
  }, text);
  return redactSecrets(withoutKeys);
}

/** JSON stays JSON; any other text is left as it is. */
function foldLongTexts(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, (_, value: unknown) => folded(value)));
  } catch {
    return text;
  }
}

function folded(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= LONG_TEXT) return value;
  return `${value.slice(0, SHOWN)}… (${value.length} characters)`;
}

function hideMatches(key: string, value: unknown): unknown {
  return GUARDRAIL_REPORTS.has(key) ? withoutMatches(value) : value;
}

/** What a guardrail has found is what nobody should read. */
function withoutMatches(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMatches);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === 'match' ? HIDDEN : withoutMatches(member),
  ]);
  return Object.fromEntries(members) as unknown;
}
