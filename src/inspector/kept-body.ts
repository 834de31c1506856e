import { redactKey, type KeyHolder } from '../config/redact-key.js';
import { redactSecrets } from '../observability/logs/redact-secrets.js';
import type { Body } from './call.js';
import { foldLongTexts } from './folded-texts.js';

const HIDDEN = '[hidden]';
/** Members under which Bedrock reports what a guardrail found. */
const GUARDRAIL_REPORTS: ReadonlySet<string> = new Set(['guardrail', 'assessments']);

/** A body → what is kept of it: without secrets, and at most so many characters. */
export function keptBody(text: string, maxCharacters: number, upstreams: readonly KeyHolder[] = []): Body {
  if (text.length <= maxCharacters) return { text: redacted(text, upstreams), isCut: false };
  const folded = foldLongTexts(text, maxCharacters);
  const shown = folded.text.slice(0, maxCharacters);
  return { text: redacted(shown, upstreams), isCut: folded.isCut || shown.length < folded.text.length };
}

/** An answer → its JSON, without what a guardrail found. */
export function keptAnswer(answer: unknown, maxCharacters: number): Body {
  return keptBody(toJson(answer), maxCharacters);
}

/** The events of a stream → the JSON array of the first of them, as many as fit. */
export function keptEvents(
  events: readonly unknown[],
  maxCharacters: number,
  upstreams: readonly KeyHolder[] = [],
): Body {
  const shown: string[] = [];
  let characters = 0;
  for (const event of events) {
    const json = toJson(event);
    characters += json.length;
    if (characters > maxCharacters) break;
    shown.push(redacted(json, upstreams));
  }
  return { text: `[${shown.join(',')}]`, isCut: shown.length < events.length };
}

function toJson(value: unknown): string {
  return JSON.stringify(value, hideMatches) ?? '';
}

function redacted(text: string, upstreams: readonly KeyHolder[]): string {
  const withoutKeys = upstreams.reduce((kept, upstream) => {
    const told = redactKey(kept, upstream);
    return upstream.apiKey === undefined ? told : told.replaceAll(upstream.apiKey, '[redacted]');
  }, text);
  return redactSecrets(withoutKeys);
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
