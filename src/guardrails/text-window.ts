import type { GuardrailSide } from '../config/guardrail.js';
import { examine } from './examine.js';
import { maskText } from './mask.js';
import type { GuardrailPolicy } from './policy.js';
import { CONTEXT, type Finding, type Recogniser } from './recogniser.js';

/** Text that is released at once, if it does not end a sentence. */
const WINDOW = 200;
const SENTENCE_END = /[.!?…。！？\n]["')\]]?(?=\s|$)|[。！？\n]/gu;
/** Half of a surrogate pair is no sign of its own. */
const BETWEEN_RUNS = /[\s[^\p{Script=Latin}\p{Nd}\p{ASCII}\p{M}\ud800-\udfff]]/v;
const SIDE: GuardrailSide = 'output';

/** A piece of text that has been examined. */
export interface ReleasedText {
  /** As the model wrote it. */
  readonly text: string;
  readonly masked: string;
  readonly isBlocked: boolean;
  /** Positions are in `text`. */
  readonly findings: readonly Finding[];
}

/**
 * Holds back the text of one block of a stream until it is known to be examined: a match may begin in one delta and end
 * in a later one. Text that no match can reach any more is released at the end of a sentence, or in pieces.
 */
export class TextWindow {
  /** What was released last, which what follows may need to be recognised. */
  #context = '';
  #held = '';
  /** Where in the held text the run begins that it ends with, and that forms without white space may consist of. */
  #runBegin = 0;
  readonly #recognisers: readonly Recogniser[];
  readonly #isHeldToEnd: boolean;

  /** @param leastCharacters fewer are not released before the end of the block */
  constructor(
    { recognisers, settings }: GuardrailPolicy,
    private readonly leastCharacters = 0,
  ) {
    this.#recognisers = recognisers;
    this.#isHeldToEnd = recognisers.some((recogniser) => isLong(recogniser, settings.maxMatchCharacters));
  }

  add(text: string): void {
    const begin = runBegin(text);
    if (begin > 0) this.#runBegin = this.#held.length + begin;
    this.#held += text;
  }

  /** Undefined while nothing can be released. Nothing may be added in the meantime. */
  async release(isEnd: boolean): Promise<ReleasedText | undefined> {
    const from = this.#context.length;
    const safe = from + (isEnd ? this.#held.length : this.#safeLength());
    if (safe <= from) return undefined;
    const all = this.#context + this.#held;
    const to = isEnd ? safe : pieceEnd(all, { from, to: safe }, this.leastCharacters);
    if (to <= from) return undefined;
    const findings = await examine(all, this.#recognisers, { from, to });
    const end = isEnd ? to : beforeLongMatch(findings, to);
    return end <= from ? undefined : this.#take(all, { from, end }, findings);
  }

  async #take(
    all: string,
    { from, end }: { from: number; end: number },
    findings: readonly Finding[],
  ): Promise<ReleasedText> {
    const text = all.slice(from, end);
    const own = findings
      .filter(({ begin }) => begin < end)
      .map(({ rule, begin, end: findingEnd }) => ({ rule, begin: begin - from, end: findingEnd - from }));
    this.#held = all.slice(end);
    this.#runBegin = Math.max(0, this.#runBegin - text.length);
    this.#context = all.slice(Math.max(0, end - CONTEXT), end);
    return {
      text,
      masked: await maskText(text, own, SIDE),
      isBlocked: own.some(({ rule }) => rule.actions[SIDE] === 'BLOCK'),
      findings: own,
    };
  }

  /** The length of the held text in which no match can begin that goes on behind its end. */
  #safeLength(): number {
    if (this.#isHeldToEnd) return 0;
    let length = this.#held.length;
    for (const { reach, spansSpaces } of this.#recognisers) {
      const reached = this.#held.length - reach;
      length = Math.min(length, spansSpaces ? reached : Math.max(reached, this.#runBegin));
    }
    return length;
  }
}

/** Whether a block is held back to its end because of a regular expression. */
function isLong({ rule, reach }: Recogniser, maxMatchCharacters: number): boolean {
  return rule.kind === 'regex' && reach > maxMatchCharacters + 2;
}

/** A match that is longer than what is released stays whole, so that it can be masked. */
function beforeLongMatch(findings: readonly Finding[], to: number): number {
  let end = to;
  for (const finding of findings.toReversed()) {
    if (finding.begin < end && finding.end > end) end = finding.begin;
  }
  return end;
}

/** The end of the last sentence, or of the whole piece if it is long. */
function pieceEnd(all: string, { from, to }: { from: number; to: number }, least: number): number {
  if (to - from < least) return from;
  if (to - from >= WINDOW) return isHighSurrogate(all, to - 1) ? to - 1 : to;
  let end = from;
  for (const { 0: match, index } of all.slice(from, to).matchAll(SENTENCE_END)) {
    end = from + index + match.length;
  }
  return end;
}

/**
 * Where the run begins that a text ends with; 0 if it is a part of one. White space ends a run, and so do the letters of
 * scripts in which no address, number or code is written: some of these scripts have no spaces.
 */
function runBegin(text: string): number {
  for (let index = text.length; index > 0; index -= 1) {
    if (BETWEEN_RUNS.test(text.charAt(index - 1))) return index;
  }
  return 0;
}

function isHighSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdbff;
}
