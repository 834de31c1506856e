import type { AssistantMessage, ToolCall } from '../../openai/chat-completion.js';
import type { Dialect } from '../../openai/dialect.js';
import { objectOf, objectsOf } from '../json-value.js';
import type { OwnReasoning } from './content/reasoning.js';

type ReplayFields = Pick<
  AssistantMessage,
  'reasoning_content' | 'reasoning' | 'reasoning_details' | 'thinking_blocks' | 'tool_calls'
>;

/** The reasoning of one assistant turn → the message fields in which the upstream expects it back. */
export function reasoningToReplayFields(
  reasoning: readonly OwnReasoning[],
  toolCalls: ToolCall[],
  replay: Dialect['reasoningReplay'],
): ReplayFields {
  return REPLAY[replay](reasoning, toolCalls);
}

const REPLAY: Record<
  Dialect['reasoningReplay'],
  (reasoning: readonly OwnReasoning[], toolCalls: ToolCall[]) => ReplayFields
> = {
  none: () => ({}),
  reasoning_content: (reasoning) =>
    reasoning.length === 0 ? {} : { reasoning_content: textOfAll(reasoning) },
  reasoning: (reasoning) => (reasoning.length === 0 ? {} : { reasoning: textOfAll(reasoning) }),
  // the details include the text; without details the server accepts the text alone
  reasoning_details: (reasoning) => {
    const details = reasoning.flatMap(({ data, field }) =>
      field === 'reasoning_details' ? objectsOf(data) : [],
    );
    if (details.length > 0) return { reasoning_details: details };
    return reasoning.length === 0 ? {} : { reasoning: textOfAll(reasoning) };
  },
  thinking_blocks: (reasoning) => {
    const blocks = reasoning.flatMap(({ data }) => objectsOf(data));
    return blocks.length === 0 ? {} : { thinking_blocks: blocks };
  },
  extra_content: (reasoning, toolCalls) => {
    return toolCalls.length === 0 ? {} : { tool_calls: withThoughtSignatures(reasoning, toolCalls) };
  },
};

function textOfAll(reasoning: readonly OwnReasoning[]): string {
  return reasoning.map(({ text }) => text).join('\n');
}

/**
 * Gemini refuses a turn in which no call has a thought signature, and documents this value for a missing one.
 * https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const MISSING_SIGNATURE = 'skip_thought_signature_validator';

function withThoughtSignatures(reasoning: readonly OwnReasoning[], toolCalls: ToolCall[]): ToolCall[] {
  const entries = reasoning.flatMap(({ data }) => Object.entries(objectOf(data) ?? {}));
  const signatures = new Map(entries.filter(([, signature]) => typeof signature === 'string'));
  const [first] = toolCalls;
  const signed = toolCalls.some(({ id }) => signatures.has(id));
  if (first !== undefined && !signed) signatures.set(first.id, MISSING_SIGNATURE);
  return toolCalls.map((toolCall) => {
    const thought_signature = signatures.get(toolCall.id);
    if (thought_signature === undefined) return toolCall;
    return { ...toolCall, extra_content: { google: { thought_signature } } };
  });
}
