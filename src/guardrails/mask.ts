import type { GuardrailSide } from '../config/guardrail.js';
import type { Finding } from './recogniser.js';
import { inTurns } from './turns.js';

/** Findings that are masked in one step. */
const FINDINGS = 256;

/** A text with `{EMAIL}` and the like in place of the findings that are to be masked. Findings are in order. */
export async function maskText(
  text: string,
  findings: readonly Finding[],
  side: GuardrailSide,
): Promise<string> {
  if (findings.length === 0) return text;
  const pieces: string[] = [];
  await inTurns(mask(text, findings, { side, pieces }));
  return pieces.join('');
}

/** Yields now and then. */
function* mask(
  text: string,
  findings: readonly Finding[],
  { side, pieces }: { readonly side: GuardrailSide; readonly pieces: string[] },
): Generator<void> {
  let position = 0;
  for (const [index, { begin, end, rule }] of findings.entries()) {
    if (index % FINDINGS === FINDINGS - 1) yield;
    if (rule.actions[side] !== 'ANONYMIZE' || end <= position) continue;
    // of findings that overlap, the first gives the name
    if (begin >= position) pieces.push(text.slice(position, begin), `{${rule.name}}`);
    position = end;
  }
  pieces.push(text.slice(position));
}
