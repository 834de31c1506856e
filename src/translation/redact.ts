/** Characters of an upstream's text that a client sees at most, and that are looked at. */
const MAX_CHARACTERS = 500;
const MAX_READ = 8_000;

const PAGE = /<!doctype|<html|<head|<body|<\?xml/i;

/** The call stack that an exception in a server leaves behind: the text before it is enough. */
const STACK = /(?:Traceback \(most recent call last\)|\n\s+at \S|\n\s+File ")[\s\S]*$/;

const NAME = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const SECRETS: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]}]+/gi,
  /\bbearer\s+[^\s"',;]+/gi,
  /\b(?:sk|pk|rk|gsk|xai|hf|nvapi|org|proj|user|key)[-_][\w*.…-]*\w/gi,
  /\b(?:AIza|AKIA|ASIA|eyJ)[\w.*-]{8,}/g,
  /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g,
  /\[[0-9a-f:]{2,45}\](?::\d+)?/gi,
  new RegExp(`\\b(?:${NAME}\\.)*${NAME}:\\d{2,5}\\b`, 'gi'),
  new RegExp(
    `\\b(?:${NAME}\\.)+(?:com|net|org|io|ai|dev|app|cloud|local|internal|lan|corp|svc|localdomain)\\b`,
    'gi',
  ),
  /(?<![\w#])\/(?:app|data|etc|home|mnt|opt|root|srv|tmp|usr|var|workspace)\/[^\s"'),;]*/g,
];

/**
 * An upstream's text → what a client may see of it, at most 500 characters: without keys, organisations, hosts,
 * addresses, file paths and call stacks. Empty for a web page.
 */
export function redactUpstreamText(text: string): string {
  const head = text.slice(0, MAX_READ);
  if (PAGE.test(head)) return '';
  const told = SECRETS.reduce((kept, secret) => kept.replace(secret, '[redacted]'), head.replace(STACK, ''));
  return told
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_CHARACTERS)
    .toWellFormed();
}
