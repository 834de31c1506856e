import { setImmediate } from 'node:timers/promises';
import { CONTEXT, LONGEST_UNBOUNDED, overlapOf, type Finding, type Recogniser } from './recogniser.js';

/** The beginning of a text that is examined at once. */
const PIECE = 8_192;
/** Of a regular expression without a longest match, where pieces overlap by more. */
const LONG_PIECE = LONGEST_UNBOUNDED;
/** Units that are examined in one turn of the event loop: some 8 ms for the slowest regular expression. */
const UNITS_PER_TURN = 16_384;

/**
 * A text → everything that breaks a rule, by its position. Long texts are examined in pieces, with other work in between.
 */
export async function examine(text: string, recognisers: readonly Recogniser[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  let units = 0;
  for (const piece of examinePieces(text, recognisers, findings)) {
    units += piece;
    if (units < UNITS_PER_TURN) continue;
    units = 0;
    await setImmediate();
  }
  return inOrder(findings);
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
  findings: Finding[],
): Generator<number> {
  for (const recogniser of recognisers) yield* piecesOf(text, recogniser, findings);
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
  return findings.toSorted((one, other) => one.begin - other.begin || other.end - one.end);
}
