import type { ToolUse } from '../../bedrock/converse/converse-response.js';
import type { MessageAnswer, ToolCallAnswer } from '../../openai/chat-completion.js';
import { asObject, objectOf, objectsOf, textOf } from '../json-value.js';
import type { AnswerProvenance } from './answer-provenance.js';
import type { ReplayData } from './replay-data.js';
import { parseToolArguments } from './tool-input.js';
import { declaredToolName } from './tool-name.js';
import type { ToolUseIds } from './tool-use-id.js';

/** What the conversion of all tool calls of one answer needs. */
export interface ToolUseContext {
  toolUseIds: ToolUseIds;
  /** The names of the request's tools. */
  declared: readonly string[];
  replayData: ReplayData;
  /** The answer was cut off, so the last call may be incomplete. */
  cut: boolean;
  provenance?: AnswerProvenance | undefined;
}

export interface ToolUses {
  toolUses: ToolUse[];
  /** A call was dropped because it has no name or unreadable arguments. */
  malformed: boolean;
}

/** A message's tool calls → toolUse blocks, in order. Malformed calls are dropped, so that clients never run them. */
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
 * The tool call entries of a message or a delta: `tool_calls` as a list or as one object (TGI), else the deprecated
 * `function_call`, which some servers send beside an empty list.
 */
export function toolCallEntries({ tool_calls, function_call }: MessageAnswer): Record<string, unknown>[] {
  const single = objectOf(tool_calls);
  const calls = single === undefined ? objectsOf(tool_calls) : [single];
  if (calls.length > 0 || function_call == null) return calls;
  const functionCall = objectOf(function_call);
  return functionCall === undefined ? [] : [{ index: 0, function: functionCall }];
}

/** A call that was cut before its arguments looks the same as a call without arguments. */
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
  const toolUse = { toolUseId, name: declaredToolName(calledName, context.declared), input };
  if (context.provenance !== undefined) recordToolUse(toolUse, toolCall, context.provenance);
  return toolUse;
}

/** What the call lacks is the translation's own: an id, and the input of a call without arguments. */
function recordToolUse(toolUse: ToolUse, toolCall: ToolCallAnswer, provenance: AnswerProvenance): void {
  const called = asObject(toolCall.function);
  const source = called ?? asObject(toolCall.custom) ?? toolCall;
  const input = called === undefined ? 'input' : 'arguments';
  if (toolUse.toolUseId === toolCall.id) provenance.from(toolUse, 'toolUseId', [toolCall, 'id']);
  else provenance.member(toolUse, 'toolUseId', 'default');
  provenance.from(toolUse, 'name', [source, 'name']);
  if (Object.hasOwn(source, input)) provenance.from(toolUse, 'input', [source, input]);
  else provenance.member(toolUse, 'input', 'default');
}

interface Called {
  name: unknown;
  input: Record<string, unknown> | undefined;
}

function functionOf(toolCall: ToolCallAnswer): Called | undefined {
  const called = objectOf(toolCall.function);
  return called && { name: called.name, input: parseToolArguments(called.arguments) };
}

/** The input of a custom tool is free text, which becomes `{ input: text }`. */
function customOf(toolCall: ToolCallAnswer): Called {
  const called = objectOf(toolCall.custom);
  return { name: called?.name, input: { input: textOf(called?.input) ?? '' } };
}
