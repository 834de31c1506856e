import type { UpstreamSettings } from './settings.js';
import { keyPattern } from './key-pattern.js';

export type KeyHolder = Pick<UpstreamSettings, 'apiKey'>;

const REDACTED = '[redacted]';
/** Around a key in base64 stands what was encoded with it; some of its bits are in the next digits. */
const NEIGHBOUR = /[\w+/-]/;
const BEHIND = /^[\w+/-]*={0,2}/;

const NO_PATTERN = null;
const PATTERNS = new WeakMap<KeyHolder, RegExp | typeof NO_PATTERN>();

/** An upstream's text → the same without the key that it was called with, in whatever way it is encoded. */
export function redactKey(text: string, upstream: KeyHolder): string {
  const pattern = patternOf(upstream);
  if (pattern === NO_PATTERN) return text;
  let told = '';
  let rest = text;
  for (let found = pattern.exec(rest); found !== null; found = pattern.exec(rest)) {
    told += rest.slice(0, startOfToken(rest, found.index)) + REDACTED;
    rest = rest.slice(found.index + found[0].length).replace(BEHIND, '');
  }
  return told + rest;
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
