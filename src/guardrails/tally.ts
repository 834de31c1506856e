import type { GuardrailSide } from '../config/guardrail.js';
import type { Finding, GuardrailRule } from './recogniser.js';
import { inTurns } from './turns.js';

/** Findings that are counted in one step. */
const FINDINGS = 256;
/** The findings of a rule that an assessment shows. A hostile text can have hundreds of thousands. */
export const MAX_MATCHES = 1_000;
/** The places of a text that are kept. */
const MAX_PLACES = 100;

/** What was found of one rule. */
export interface RuleTally {
  count: number;
  /** The texts of its first findings. */
  readonly matches: string[];
}

/** What was found in a text: how often, and the first findings. */
export class Tally {
  readonly rules = new Map<GuardrailRule, RuleTally>();
  /** The first findings of the text. */
  readonly places: Finding[] = [];

  /** Counts the findings of a text. */
  static async of(text: string, findings: readonly Finding[]): Promise<Tally> {
    const tally = new Tally();
    if (findings.length > 0) await inTurns(tally.#addAll(text, findings));
    return tally;
  }

  /** @param match its text */
  add(finding: Finding, match: string): void {
    const { rule } = finding;
    const known: RuleTally = this.rules.get(rule) ?? { count: 0, matches: [] };
    this.rules.set(rule, known);
    known.count += 1;
    if (known.count <= MAX_MATCHES) known.matches.push(match);
    if (this.places.length < MAX_PLACES) this.places.push(finding);
  }

  /** Whether something was found that is to be blocked, or masked. */
  has(action: 'BLOCK' | 'ANONYMIZE', side: GuardrailSide): boolean {
    return [...this.rules.keys()].some(({ actions }) => actions[side] === action);
  }

  *#addAll(text: string, findings: readonly Finding[]): Generator<void> {
    for (const [index, finding] of findings.entries()) {
      if (index % FINDINGS === FINDINGS - 1) yield;
      this.add(finding, text.slice(finding.begin, finding.end));
    }
  }
}
