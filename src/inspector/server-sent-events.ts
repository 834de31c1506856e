import type { AnswerPart } from '../observability/call-transcript.js';

/** Between two events; a carriage return alone ends a line too. */
const BLANK_LINE = /\r\n\r\n|\n\n|\r\r/g;
const DATA = /^data: ?(.*)$/gm;

/** An event of a stream of an upstream, as it was sent. */
export interface SentEvent {
  readonly text: string;
  /** When it was complete, on the clock of `performance`. */
  readonly atMs: number;
}

/** The text of a stream, and when its parts came → its events. A text that is no stream is one event. */
export function readSentEvents(text: string, parts: readonly AnswerPart[]): SentEvent[] {
  const events: SentEvent[] = [];
  let [start, part] = [0, 0];
  const add = (end: number): void => {
    while ((parts[part]?.endsAt ?? Infinity) < end) part += 1;
    if (text.slice(start, end).trim() !== '')
      events.push({ text: text.slice(start, end), atMs: (parts[part] ?? parts.at(-1))?.atMs ?? 0 });
    start = end;
  };
  for (const { index, 0: blank } of text.matchAll(BLANK_LINE)) add(index + blank.length);
  add(text.length);
  return events;
}

/** The data of an event: JSON, or its text. */
export function dataOf({ text }: SentEvent): unknown {
  const lines = [...text.matchAll(DATA)].map(([, line]) => line);
  const data = lines.length > 0 ? lines.join('\n') : text;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
