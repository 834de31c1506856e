import type { MessageAnswer, ToolCallAnswer } from '../../openai/chat-completion.js';
import { MAX_LEVELS, nestsWithin, objectOf, textOf } from '../json-value.js';
import { toolCallEntries } from '../response/tool-use.js';

/** One tool call entry of a delta, with the types of all members checked. */
export interface ToolCallDelta {
  index?: number;
  id?: string;
  name?: string;
  /** A piece of JSON text, often empty. For a custom tool, a piece of free text. */
  arguments: string;
  custom: boolean;
  /** Starts a new call: it follows another entry in the same delta and has a name, but neither index nor id. */
  separate: boolean;
  /** The entry as received. */
  source: ToolCallAnswer;
}

/** A delta → its tool call entries. Entries without id, name and arguments are skipped. */
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
  const hasContent = call.id !== undefined || call.name !== undefined || call.arguments !== '';
  const anonymous = call.index === undefined && call.id === undefined;
  const separate = position > 0 && anonymous && call.name !== undefined;
  return hasContent ? { ...call, separate, source: entry } : undefined;
}

/** Some servers send an object instead of text. One that nests too deeply to be serialized becomes invalid JSON. */
function argumentsText(value: unknown): string {
  if (value == null) return '';
  if (typeof value === 'string') return value;
  return nestsWithin(value, MAX_LEVELS) ? JSON.stringify(value) : '[';
}
