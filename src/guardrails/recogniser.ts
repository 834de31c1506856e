import type { SideActions } from '../config/guardrail.js';

/** A part of a text, in UTF-16 units. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

/** What a policy looks for. */
export interface GuardrailRule {
  readonly kind: 'word' | 'profanity' | 'regex' | 'pii';
  /** Type of sensitive information, or name of the regular expression; it stands in place of masked text. */
  readonly name: string;
  readonly actions: SideActions;
  /** Of a regular expression. */
  readonly pattern?: string;
}

/** A part of a text that breaks a rule. */
export interface Finding extends Span {
  readonly rule: GuardrailRule;
}

/** How one kind of thing is found in a text. */
export interface Form {
  /**
   * Longest match in UTF-16 units, with what follows it and is looked at. A text is examined in pieces that overlap by
   * this length; Infinity: a match may have any length.
   */
  readonly reach: number;
  /** Time per unit of text, compared with a regular expression. A text is examined in pieces of so much less. Default: 1. */
  readonly weight?: number;
  /** A match may contain white space. */
  readonly spansSpaces: boolean;
  /**
   * All matches, in order.
   * @param text a piece of a text, with `CONTEXT` units before the part that is examined
   * @param from where that part begins; what begins before is left out of the result by the caller
   * @param to where it ends; what begins behind is left out too
   */
  find(this: void, text: string, from: number, to: number): Span[];
}

export interface Recogniser extends Form {
  readonly rule: GuardrailRule;
}

/** Units before a match that may be looked at, such as the words before a number. */
export const CONTEXT = 64;

/** Matches of unbounded length are looked for in so many units. A longer one is taken to reach to the end of its text. */
export const LONGEST_UNBOUNDED = 16_384;

/** The length by which pieces of a text overlap. */
export function overlapOf({ reach }: Form): number {
  return Math.min(reach, LONGEST_UNBOUNDED);
}
