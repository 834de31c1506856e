import { setImmediate } from 'node:timers/promises';
import { CONTEXT, LONGEST_UNBOUNDED, overlapOf, type Finding, type Recogniser } from './recogniser.js';

/** The beginning of a text that is examined at once. */
const PIECE = 8_192;
/** Of a regular expression without a longest match, where pieces overlap by more. */
const LONG_PIECE = LONGEST_UNBOUNDED;
/** Units that are examined in one turn of the event loop: some 4 ms for the slowest regular expression. */
const UNITS_PER_TURN = 8_192;

/** Putting a finding in order takes about as long as this many units. */
const UNITS_PER_FINDING = 4;

/**
 * A text → everything that breaks a rule, by its position. Long texts are examined in pieces, with other work in between.
 */
export async function examine(text: string, recognisers: readonly Recogniser[]): Promise<Finding[]> {
  const found = recognisers.map((): Finding[] => []);
  await inTurns(examinePieces(text, recognisers, found));
  const lists = found.filter((list) => list.length > 0);
  if (lists.length < 2) return lists[0] ?? [];
  const findings: Finding[] = [];
  await inTurns(merge(lists, findings));
  return findings;
}

/** Does the steps, which yield their units, with other work of the process in between. */
async function inTurns(steps: Iterable<number>): Promise<void> {
  let units = 0;
  for (const step of steps) {
    units += step;
    if (units < UNITS_PER_TURN) continue;
    units = 0;
    await setImmediate();
  }
}

/**
 * The part of a text from `from` to `to` → what begins in it. Whatever follows `to` must be as long as the reach of the
 * recognisers, or the end of the text.
 */
export function examinePart(
  text: string,
  recognisers: readonly Recogniser[],
  { from, to }: { readonly from: number; readonly to: number },
): Finding[] {
  return inOrder(
    recognisers.flatMap((recogniser) => findIn(text, recogniser, { from, to, end: text.length })),
  );
}

/** Yields the size of each piece that it has examined, by its weight. */
function* examinePieces(
  text: string,
  recognisers: readonly Recogniser[],
  found: readonly Finding[][],
): Generator<number> {
  for (const [index, recogniser] of recognisers.entries()) {
    yield* piecesOf(text, recogniser, found[index] ?? []);
  }
}

/** Lists that are in order → one that is. */
function* merge(lists: readonly (readonly Finding[])[], merged: Finding[]): Generator<number> {
  const heads = lists.map((list): Head => ({ list, at: 0 }));
  for (let first = firstOf(heads); first !== undefined; first = firstOf(heads)) {
    const finding = first.list[first.at];
    if (finding !== undefined) merged.push(finding);
    first.at += 1;
    yield UNITS_PER_FINDING;
  }
}

/** A list, and how much of it is merged. */
interface Head {
  readonly list: readonly Finding[];
  at: number;
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

function* piecesOf(text: string, recogniser: Recogniser, findings: Finding[]): Generator<number> {
  const overlap = overlapOf(recogniser);
  const size = recogniser.reach > LONGEST_UNBOUNDED ? LONG_PIECE : PIECE;
  let from = 0;
  while (from < text.length) {
    const to = Math.min(text.length, from + size);
    const end = Math.min(text.length, to + overlap);
    const found = findIn(text, recogniser, { from, to, end });
    findings.push(...found);
    yield (end - from) * (recogniser.weight ?? 1);
    from = Math.max(to, found.at(-1)?.end ?? 0);
  }
}

interface Piece {
  readonly from: number;
  readonly to: number;
  /** What lies behind is not looked at. */
  readonly end: number;
}

function findIn(text: string, recogniser: Recogniser, { from, to, end }: Piece): Finding[] {
  const { rule, reach } = recogniser;
  const start = Math.max(0, from - CONTEXT);
  const findings: Finding[] = [];
  for (const span of recogniser.find(text.slice(start, end), from - start)) {
    const begin = span.begin + start;
    if (begin < from || begin >= to) continue;
    // a match of unbounded length that reaches the end of the piece may go on to the end of the text
    const isCut = reach > LONGEST_UNBOUNDED && span.end + start === end;
    findings.push({ rule, begin, end: isCut ? text.length : span.end + start });
  }
  return findings;
}

function inOrder(findings: Finding[]): Finding[] {
  return findings.toSorted(compare);
}

function compare(one: Finding, other: Finding): number {
  return one.begin - other.begin || other.end - one.end;
}
