import type { Form, Span } from '../recogniser.js';

/** https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;
const LOCAL = /[\p{Script=Latin}\p{Nd}!#$%&'*+/=?^_`{|}~.-]/u;
const DOMAIN = /[\p{Script=Latin}\p{Nd}.-]/u;
const LABELS =
  /^(?:[\p{Script=Latin}\p{Nd}](?:[\p{Script=Latin}\p{Nd}-]{0,61}[\p{Script=Latin}\p{Nd}])?\.)+\p{Script=Latin}{2,63}$/u;

/** Addresses of electronic mail, without quoted names. */
export const EMAIL: Form = { reach: MAX_LOCAL + MAX_DOMAIN + 2, spansSpaces: false, find };

/** Looks at both sides of each `@`, so that a text without one costs nothing. */
function find(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const span = addressAround(text, at);
    if (span !== undefined) spans.push(span);
  }
  return spans;
}

function addressAround(text: string, at: number): Span | undefined {
  let begin = at;
  while (begin > 0 && at - begin <= MAX_LOCAL && LOCAL.test(text.charAt(begin - 1))) begin -= 1;
  let end = at + 1;
  while (end < text.length && end - at <= MAX_DOMAIN && DOMAIN.test(text.charAt(end))) end += 1;
  // punctuation around the address
  while (begin < at && /[.'/=`{|}]/.test(text.charAt(begin))) begin += 1;
  while (end > at && /[.-]/.test(text.charAt(end - 1))) end -= 1;
  const local = text.slice(begin, at);
  if (local === '' || local.length > MAX_LOCAL || local.includes('..') || local.endsWith('.'))
    return undefined;
  if (text.charAt(begin - 1) === '@' || text.charAt(end) === '@') return undefined;
  return LABELS.test(text.slice(at + 1, end)) ? { begin, end } : undefined;
}
