import type { Call } from '../../src/inspector/call.ts';
import { answeringCall } from './answering-call.ts';
import { Origins } from '../../src/inspector/origin-of.ts';

/** A chunk of the upstream, or an event of the answer, on the axis of a stream. */
export interface Mark {
  readonly atMs: number;
  readonly side: 'chunk' | 'event';
  /** Among those of its side. */
  readonly index: number;
  readonly text: string;
}

/** A time without any chunk that is much longer than usual in this stream. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Shorter ones are not worth a word. */
const MIN_GAP_MS = 100;
const UNUSUAL = 4;
/** After this time without a chunk a rate says nothing. */
const MIN_RATE_MS = 1;

/** Both sides in the order of time; of one time the chunk comes first. */
export function marksOf(call: Call): Mark[] {
  const { timesMs, answer } = call;
  const last = answeringCall(call);
  const marks = [
    ...sideOf('chunk', last?.timesMs ?? [], last?.answer.text ?? ''),
    ...sideOf('event', timesMs, answer.text),
  ];
  return marks.toSorted((one, other) => one.atMs - other.atMs);
}

/** The chunks that an event was made of; the events that were made of a chunk. */
export function relatedTo(mark: Mark, { answerOrigins, timesMs }: Call): ReadonlySet<string> {
  const origins = new Origins(answerOrigins);
  if (mark.side === 'event')
    return new Set(origins.of(String(mark.index)).map((index) => keyOf('chunk', index)));
  const events = [...timesMs.keys()].filter((index) =>
    origins.of(String(index)).includes(String(mark.index)),
  );
  return new Set(events.map((index) => keyOf('event', index)));
}

export function keyOf(side: Mark['side'], index: number | string): string {
  return `${side} ${index}`;
}

export function gapsOf(call: Call): Gap[] {
  const times = answeringCall(call)?.timesMs ?? [];
  const gaps = times.slice(1).map((toMs, index) => ({ fromMs: times[index] ?? toMs, toMs }));
  const lengths = gaps.map(lengthOf).toSorted((one, other) => one - other);
  const usual = lengths[Math.floor(lengths.length / 2)] ?? 0;
  return gaps.filter((gap) => lengthOf(gap) >= Math.max(MIN_GAP_MS, UNUSUAL * usual));
}

export function lengthOf({ fromMs, toMs }: Gap): number {
  return toMs - fromMs;
}

/** Tokens of the answer a second, from the first chunk to the last. */
export function rateOf(call: Call): number | undefined {
  const { outputTokens } = call;
  const times = answeringCall(call)?.timesMs ?? [];
  const ms = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return outputTokens === undefined || ms < MIN_RATE_MS ? undefined : (outputTokens * 1_000) / ms;
}

function sideOf(side: Mark['side'], timesMs: readonly number[], text: string): Mark[] {
  const items = itemsOf(text);
  return timesMs.map((atMs, index) => ({ atMs, side, index, text: textOf(items, index) }));
}

function textOf(items: readonly unknown[], index: number): string {
  if (index >= items.length) return 'left out';
  const item = items[index];
  return typeof item === 'string' ? item : JSON.stringify(item, undefined, 2);
}

function itemsOf(text: string): readonly unknown[] {
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    return [];
  }
}
