import { CONTEXT, LONGEST_UNBOUNDED, overlapOf, type Finding, type Recogniser } from './recogniser.js';
import { inTurns } from './turns.js';

/** What is examined in one step, for a recogniser of the weight 1. */
const PIECE = 4_096;
/** Findings that are put in order in one step. */
const FINDINGS = 256;

/** A part of a text. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * A text → everything that breaks a rule, by its position. Long texts are examined in pieces, with other work in between.
 * @param part what a finding must begin in. Whatever follows it must be as long as the reach of the recognisers, or the end
 * of the text.
 */
export async function examine(
  text: string,
  recognisers: readonly Recogniser[],
  part: Part = { from: 0, to: text.length },
): Promise<Finding[]> {
  const found = recognisers.map((): Finding[] => []);
  await inTurns(examinePieces(text, recognisers, part, found));
  const lists = found.filter((list) => list.length > 0);
  if (lists.length < 2) return lists[0] ?? [];
  const findings: Finding[] = [];
  await inTurns(merge(lists, findings));
  return findings;
}

/** Yields after each piece. */
function* examinePieces(
  text: string,
  recognisers: readonly Recogniser[],
  part: Part,
  found: readonly Finding[][],
): Generator<void> {
  for (const [index, recogniser] of recognisers.entries()) {
    yield* examineBy(recogniser, text, part, found[index] ?? []);
  }
}

function* examineBy(
  recogniser: Recogniser,
  text: string,
  { from, to }: Part,
  findings: Finding[],
): Generator<void> {
  const overlap = overlapOf(recogniser);
  const size = PIECE / (recogniser.weight ?? 1);
  let begin = from;
  while (begin < to) {
    const pieceEnd = Math.min(to, begin + size);
    const found = findIn(text, recogniser, {
      from: begin,
      to: pieceEnd,
      end: Math.min(text.length, pieceEnd + overlap),
    });
    for (const finding of found) findings.push(finding);
    begin = Math.max(pieceEnd, found.at(-1)?.end ?? 0);
    yield;
  }
}

interface Piece extends Part {
  /** What lies behind is not looked at. */
  readonly end: number;
}

function findIn(text: string, recogniser: Recogniser, { from, to, end }: Piece): Finding[] {
  const { rule, reach } = recogniser;
  const start = Math.max(0, from - CONTEXT);
  const findings: Finding[] = [];
  for (const span of recogniser.find(text.slice(start, end), from - start, to - start)) {
    const begin = span.begin + start;
    if (begin < from || begin >= to) continue;
    // a match of unbounded length that reaches the end of the piece may go on to the end of the text
    const isCut = reach > LONGEST_UNBOUNDED && span.end + start === end;
    findings.push({ rule, begin, end: isCut ? text.length : span.end + start });
  }
  return findings;
}

/** A list, and how much of it is merged. */
interface Head {
  readonly list: readonly Finding[];
  at: number;
}

/** Lists that are in order → one that is. Yields now and then. */
function* merge(lists: readonly (readonly Finding[])[], merged: Finding[]): Generator<void> {
  const heads = lists.map((list): Head => ({ list, at: 0 }));
  for (let first = firstOf(heads); first !== undefined; first = firstOf(heads)) {
    const finding = first.list[first.at];
    if (finding !== undefined) merged.push(finding);
    first.at += 1;
    if (merged.length % FINDINGS === 0) yield;
  }
}

/** The head that comes first in the text; undefined when all lists are at their ends. */
function firstOf(heads: readonly Head[]): Head | undefined {
  let first: Head | undefined;
  let least: Finding | undefined;
  for (const head of heads) {
    const finding = head.list[head.at];
    if (finding === undefined || (least !== undefined && compare(finding, least) >= 0)) continue;
    first = head;
    least = finding;
  }
  return first;
}

function compare(one: Finding, other: Finding): number {
  return one.begin - other.begin || other.end - one.end;
}
