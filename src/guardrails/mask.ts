import type { GuardrailSide } from '../config/guardrail.js';
import type { Finding } from './recogniser.js';

/** A text with `{EMAIL}` and the like in place of the findings that are to be masked. Findings are in order. */
export function maskText(text: string, findings: readonly Finding[], side: GuardrailSide): string {
  let masked = '';
  let position = 0;
  for (const { begin, end, rule } of findings) {
    if (rule.actions[side] !== 'ANONYMIZE' || end <= position) continue;
    // of findings that overlap, the first gives the name
    if (begin >= position) masked += `${text.slice(position, begin)}{${rule.name}}`;
    position = end;
  }
  return masked + text.slice(position);
}

export function hasAction(
  findings: readonly Finding[],
  side: GuardrailSide,
  action: 'BLOCK' | 'ANONYMIZE',
): boolean {
  return findings.some(({ rule }) => rule.actions[side] === action);
}
