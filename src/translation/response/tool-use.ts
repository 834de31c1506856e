import type { ToolUse } from '../../bedrock/converse/converse-response.js';
import type { MessageAnswer, ToolCallAnswer } from '../../openai/chat-completion.js';
import { objectOf, objectsOf, textOf } from '../json-value.js';
import type { ReplayData } from './replay-data.js';
import { parseToolArguments } from './tool-input.js';
import { declaredToolName } from './tool-name.js';
import type { ToolUseIds } from './tool-use-id.js';

/** What the tool calls of one answer share. */
export interface ToolUseContext {
  toolUseIds: ToolUseIds;
  /** The names of the request's tools. */
  declared: readonly string[];
  replayData: ReplayData;
  /** The answer was broken off, so the last call may have been cut. */
  cut: boolean;
}

export interface ToolUses {
  toolUses: ToolUse[];
  /** A call was left out: it has no name, or arguments that nobody can read. */
  malformed: boolean;
}

/** A message's tool calls → toolUse, in order. Broken ones are left out: half a call must never be run. */
export function toolCallsToToolUses(message: MessageAnswer, context: ToolUseContext): ToolUses {
  const toolCalls: ToolCallAnswer[] = toolCallEntries(message);
  const toolUses = toolCalls.map((toolCall, position) => {
    const cut = context.cut && position === toolCalls.length - 1 && !hasArguments(toolCall);
    return cut ? undefined : toolCallToToolUse(toolCall, context);
  });
  const whole = toolUses.filter((toolUse) => toolUse !== undefined);
  return { toolUses: whole, malformed: whole.length < toolUses.length };
}

/**
 * The entries of the tool calls of a message or a delta: a list, one object in place of a list (TGI), or the one
 * call in the form that OpenAI gave up, which some servers send beside an empty list.
 */
export function toolCallEntries({ tool_calls, function_call }: MessageAnswer): Record<string, unknown>[] {
  const single = objectOf(tool_calls);
  const calls = single === undefined ? objectsOf(tool_calls) : [single];
  if (calls.length > 0 || function_call == null) return calls;
  const functionCall = objectOf(function_call);
  return functionCall === undefined ? [] : [{ index: 0, function: functionCall }];
}

/** A call cut before its arguments began looks like one that needs none. */
function hasArguments({ function: called, custom }: ToolCallAnswer): boolean {
  const raw: unknown = objectOf(called)?.arguments ?? objectOf(custom)?.input;
  return typeof raw === 'string' ? raw.trim() !== '' : raw != null;
}

function toolCallToToolUse(toolCall: ToolCallAnswer, context: ToolUseContext): ToolUse | undefined {
  const { name, input } = functionOf(toolCall) ?? customOf(toolCall);
  const calledName = textOf(name)?.trim();
  if (calledName === undefined || calledName === '' || input === undefined) return undefined;
  const toolUseId = context.toolUseIds.claim(toolCall.id);
  context.replayData.collectToolCall(toolUseId, toolCall);
  return { toolUseId, name: declaredToolName(calledName, context.declared), input };
}

interface Called {
  name: unknown;
  input: Record<string, unknown> | undefined;
}

function functionOf(toolCall: ToolCallAnswer): Called | undefined {
  const called = objectOf(toolCall.function);
  return called && { name: called.name, input: parseToolArguments(called.arguments) };
}

/** A custom tool takes free text. */
function customOf(toolCall: ToolCallAnswer): Called {
  const called = objectOf(toolCall.custom);
  return { name: called?.name, input: { input: textOf(called?.input) ?? '' } };
}
