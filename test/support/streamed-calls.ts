import { eventLines } from './event-lines.js';
import { LIVE, chunk, finish, mapStream, toolCalls } from './stream-mapping.js';

/** One entry of `delta.tool_calls`. */
export function call(
  index: number | undefined,
  id: string | undefined,
  name?: unknown,
  piece?: unknown,
): unknown {
  return { index, id, type: 'function', function: { name, arguments: piece } };
}

/** A chunk with such entries. */
export const says = (...entries: unknown[]) => chunk(toolCalls(...entries));
/** The last chunk. */
export const END = finish('tool_calls');
/** The lines of one call of each tool. */
export const F = (id = 'a') => [`0 call ${id} f`, '0 input {"x":1}', '0 stop'];
export const G = (id = 'b') => [`1 call ${id} g`, '1 input {"y":2}', '1 stop'];
const request = {
  toolConfig: {
    tools: ['f', 'g', 'getWeather'].map((name) => ({ toolSpec: { name, inputSchema: { json: {} } } })),
  },
};

/** The events of a stream as lines, and how it failed. */
export async function lines(chunks: readonly unknown[], target = LIVE): Promise<string[]> {
  const { events, error } = await mapStream([chunks], { target, request });
  return error === undefined ? eventLines(events) : [...eventLines(events), `failure ${String(error)}`];
}

/** Joins each input, because its split does not matter here. */
export function joined(events: string[]): string[] {
  const lines: string[] = [];
  for (const line of events) {
    const piece = /^\d+ input (.*)$/s.exec(line)?.[1];
    const last = lines.at(-1) ?? '';
    if (piece !== undefined && last.includes(' input ')) lines[lines.length - 1] = last + piece;
    else lines.push(line);
  }
  return lines;
}
