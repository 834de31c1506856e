import type { MessageAnswer, ToolCallAnswer } from '../../openai/chat-completion.js';
import { MAX_LEVELS, nestsWithin, objectOf, textOf } from '../json-value.js';
import { toolCallEntries } from '../response/tool-use.js';

/** One tool call of a delta, read with suspicion. */
export interface ToolCallDelta {
  index?: number;
  id?: string;
  name?: string;
  /** A piece of JSON text, often empty; of free text for a custom tool. */
  arguments: string;
  custom: boolean;
  /** Another call than the entry before it in the same delta: nothing else tells them apart. */
  separate: boolean;
  /** The entry as it came. */
  source: ToolCallAnswer;
}

/** The calls of a delta; entries that say nothing are passed over. */
export function toolCallDeltas(delta: MessageAnswer): ToolCallDelta[] {
  return toolCallEntries(delta)
    .map((entry, position) => toolCallDelta(entry, position))
    .filter((call) => call !== undefined);
}

function toolCallDelta(entry: Record<string, unknown>, position: number): ToolCallDelta | undefined {
  const called = objectOf(entry.function);
  const custom = called === undefined ? objectOf(entry.custom) : undefined;
  const call = {
    index: typeof entry.index === 'number' ? entry.index : undefined,
    id: textOf(entry.id),
    name: textOf(textOf((called ?? custom)?.name)?.trim()),
    arguments: argumentsText(called?.arguments) + (textOf(custom?.input) ?? ''),
    custom: custom !== undefined,
  };
  const says = call.id !== undefined || call.name !== undefined || call.arguments !== '';
  const anonymous = call.index === undefined && call.id === undefined;
  const separate = position > 0 && anonymous && call.name !== undefined;
  return says ? { ...call, separate, source: entry } : undefined;
}

/** Some servers send the object itself. One that nests too deep to be written becomes text that is no JSON. */
function argumentsText(value: unknown): string {
  if (value == null) return '';
  if (typeof value === 'string') return value;
  return nestsWithin(value, MAX_LEVELS) ? JSON.stringify(value) : '[';
}
