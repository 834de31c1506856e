import type { UpstreamSettings } from './settings.js';
import { keyPattern } from './key-pattern.js';

export type KeyHolder = Pick<UpstreamSettings, 'apiKey'>;

const REDACTED = '[redacted]';
/** Base64 digits around a key encode text next to it, and the nearest of them hold bits of the key. */
const NEIGHBOUR = /[\w+/-]/;
const AFTER = /^[\w+/-]*={0,2}/;

const NO_PATTERN = null;
const PATTERNS = new WeakMap<KeyHolder, RegExp | typeof NO_PATTERN>();

/** An upstream's text → the text with the upstream's API key redacted, in every encoding that keyPattern finds. */
export function redactKey(text: string, upstream: KeyHolder): string {
  const pattern = patternOf(upstream);
  if (pattern === NO_PATTERN) return text;
  let redacted = '';
  let rest = text;
  for (let found = pattern.exec(rest); found !== null; found = pattern.exec(rest)) {
    redacted += rest.slice(0, startOfToken(rest, found.index)) + REDACTED;
    rest = rest.slice(found.index + found[0].length).replace(AFTER, '');
  }
  return redacted + rest;
}

function startOfToken(text: string, index: number): number {
  let start = index;
  while (start > 0 && NEIGHBOUR.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function patternOf(upstream: KeyHolder): RegExp | typeof NO_PATTERN {
  const known = PATTERNS.get(upstream);
  if (known !== undefined) return known;
  const pattern = keyPattern(upstream.apiKey ?? '') ?? NO_PATTERN;
  PATTERNS.set(upstream, pattern);
  return pattern;
}
