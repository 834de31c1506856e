import type { GuardrailSide } from '../config/guardrail.js';
import { examinePart } from './examine.js';
import { hasAction, maskText } from './mask.js';
import type { GuardrailPolicy } from './policy.js';
import { CONTEXT, type Finding, type Recogniser } from './recogniser.js';

/** Text that is released at once, if it does not end a sentence. */
const WINDOW = 200;
const SENTENCE_END = /[.!?…。！？\n]["')\]]?(?=\s|$)|[。！？\n]/gu;
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
    this.#held += text;
  }

  /** Undefined while nothing can be released. */
  release(isEnd: boolean): ReleasedText | undefined {
    const all = this.#context + this.#held;
    const from = this.#context.length;
    const safe = isEnd ? all.length : this.#safeEnd(all, from);
    const to = isEnd ? safe : pieceEnd(all, { from, to: safe }, this.leastCharacters);
    if (to <= from) return undefined;
    const findings = examinePart(all, this.#recognisers, { from, to });
    const end = isEnd ? to : beforeLongMatch(findings, to);
    return end <= from ? undefined : this.#take(all, { from, end }, findings);
  }

  #take(
    all: string,
    { from, end }: { from: number; end: number },
    findings: readonly Finding[],
  ): ReleasedText {
    const text = all.slice(from, end);
    const own = findings
      .filter(({ begin }) => begin < end)
      .map(({ rule, begin, end: findingEnd }) => ({ rule, begin: begin - from, end: findingEnd - from }));
    this.#held = all.slice(end);
    this.#context = all.slice(Math.max(0, end - CONTEXT), end);
    return {
      text,
      masked: maskText(text, own, SIDE),
      isBlocked: hasAction(own, SIDE, 'BLOCK'),
      findings: own,
    };
  }

  /** Up to where no match can begin that goes on behind the end. */
  #safeEnd(all: string, from: number): number {
    if (this.#isHeldToEnd) return from;
    let end = all.length;
    for (const { reach, spansSpaces } of this.#recognisers) {
      const reached = all.length - reach;
      end = Math.min(end, spansSpaces ? reached : Math.max(reached, wordBegin(all, from)));
    }
    return isHighSurrogate(all, end - 1) ? end - 1 : end;
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
  if (to - from >= WINDOW) return to;
  let end = from;
  for (const { 0: match, index } of all.slice(from, to).matchAll(SENTENCE_END)) {
    end = from + index + match.length;
  }
  return end;
}

/** Where the run without white space begins that the text ends with. */
function wordBegin(text: string, from: number): number {
  let begin = text.length;
  while (begin > from && !/\s/.test(text.charAt(begin - 1))) begin -= 1;
  return begin;
}

function isHighSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdbff;
}
