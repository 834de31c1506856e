import { isWithoutWords } from '../openai/error-body.js';
import type { UpstreamError } from '../openai/upstream.error.js';
import { innermostText } from './wrapped-text.js';

/** Limit of the text that a client sees. */
const MAX_CHARACTERS = 500;
/** Limit of the upstream's text that is read. */
const MAX_READ = 2_000;

const PAGE = /<!doctype|<html|<head|<body|<\?xml/i;

/** A stack trace, up to the end of the text. */
const STACK = /(?:Traceback \(most recent call last\)|\n\s+at \S|\n\s+File ")[\s\S]*$/;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOMAINS =
  'com|net|org|io|ai|dev|app|cloud|co|cn|eu|de|fr|uk|us|xyz|local|internal|lan|corp|svc|localdomain';

/** Applied in this order: a URL is matched before the host names and numbers in it. */
const SECRETS: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]}]+/gi,
  /\bbearer\s+[^\s"',;]+/gi,
  /\b(?:sk|gsk|xai|hf|nvapi|org|proj)[-_][\w*.…-]*\w/gi,
  /\b[0-9a-f]{32,}\b/gi,
  /\b(?:AIza|AKIA|ASIA|eyJ)[\w.*-]{8,}/g,
  /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g,
  /(?:\[[0-9a-f:.]*:[0-9a-f.]*:[0-9a-f:.]*\](?::\d+)?|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}\b)/gi,
  new RegExp(`\\b(?:${LABEL}\\.){1,8}(?:${DOMAINS})\\b(?:\\.${LABEL}){0,3}(?::\\d+)?`, 'gi'),
  new RegExp(`\\b(?:${LABEL}\\.){1,8}[a-z][a-z0-9-]{0,61}:\\d{2,5}\\b`, 'gi'),
  new RegExp(`\\b${LABEL}:\\d{4,5}\\b`, 'gi'),
  /(?<![\w#])\/(?:app|data|etc|home|mnt|opt|root|srv|tmp|usr|var|workspace)\/[^\s"'),;]*/g,
];

/**
 * The upstream's error message as a client may read it: unwrapped from what gateways put around it, and sanitized.
 * Empty when the upstream sent no readable message.
 */
export function sanitizedMessage(error: UpstreamError): string {
  return isWithoutWords(error) ? '' : sanitizeUpstreamText(innermostText(error.message));
}

/**
 * An upstream's text → the text that a client may see, at most 500 characters, without keys, organisation ids, host
 * names, addresses, file paths and stack traces. Empty for a web page.
 */
export function sanitizeUpstreamText(text: string): string {
  const head = text.slice(0, MAX_READ);
  if (PAGE.test(head)) return '';
  const sanitized = SECRETS.reduce(
    (kept, secret) => kept.replace(secret, '[redacted]'),
    head.replace(STACK, ''),
  );
  return sanitized
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_CHARACTERS)
    .toWellFormed();
}
