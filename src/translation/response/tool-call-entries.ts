import type { MessageAnswer } from '../../openai/chat-completion.js';
import { listOf, objectOf } from '../json-value.js';

/**
 * The entries of the tool calls of a message or a delta: a list, one object in place of a list (TGI), or the one
 * call in the form that OpenAI gave up, which some servers send beside an empty list.
 */
export function toolCallEntries({ tool_calls, function_call }: MessageAnswer): Record<string, unknown>[] {
  const single = objectOf(tool_calls);
  const entries = single === undefined ? listOf(tool_calls).map(objectOf) : [single];
  const calls = entries.filter((entry) => entry !== undefined);
  if (calls.length > 0 || function_call == null) return calls;
  const functionCall = objectOf(function_call);
  return functionCall === undefined ? [] : [{ index: 0, function: functionCall }];
}
