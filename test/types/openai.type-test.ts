import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionCreateParams,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type {
  ChatCompletionAnswer,
  ChatCompletionParams,
  ChoiceAnswer,
  ContentPart,
  MessageAnswer,
  SystemMessage,
  ToolCall,
  ToolMessage,
  UsageAnswer,
} from '../../src/openai/chat-completion.js';

/** Compiles only if `Narrow` can be used as `Wide`. */
type Assignable<Narrow extends Wide, Wide> = [Narrow, Wide];

/** An interface itself is never assignable to a type that has further fields. */
type MembersOf<Type> = { [Member in keyof Type]: Type[Member] };

/** OpenAI's answers can be read as the proxy's answer types. */
export type Answers = [
  Assignable<MembersOf<ChatCompletion>, ChatCompletionAnswer>,
  Assignable<MembersOf<ChatCompletionChunk>, ChatCompletionAnswer>,
  Assignable<ChatCompletion.Choice, ChoiceAnswer>,
  Assignable<ChatCompletionChunk.Choice, ChoiceAnswer>,
  Assignable<ChatCompletion.Choice['message'], MessageAnswer>,
  Assignable<ChatCompletionChunk.Choice.Delta, MessageAnswer>,
  Assignable<NonNullable<ChatCompletion['usage']>, UsageAnswer>,
];

/** The requests are valid for OpenAI if they contain no fields of other servers. */
export type Params = [
  Assignable<SystemMessage, ChatCompletionMessageParam>,
  Assignable<ToolMessage, ChatCompletionMessageParam>,
  Assignable<ToolCall, NonNullable<ChatCompletionAssistantToolCalls>[number]>,
  Assignable<OfficialParams, ChatCompletionCreateParams>,
  Assignable<OfficialParams, Written<ChatCompletionParams>>,
  Assignable<Extract<ContentPart, { type: 'text' }>, OfficialPart>,
  Assignable<Written<Extract<ContentPart, { type: 'image_url' }>>, OfficialPart>,
  Assignable<Written<Extract<ContentPart, { type: 'input_audio' }>>, OfficialPart>,
  Assignable<Written<Extract<ContentPart, { type: 'file' }>>, OfficialPart>,
];

/** The type after JSON.stringify. */
type Written<Type> = Type extends { toJSON(): infer Json }
  ? Json
  : Type extends object
    ? { [Member in keyof Type]: Written<Type[Member]> }
    : Type;

type ChatCompletionAssistantToolCalls = Extract<
  ChatCompletionMessageParam,
  { role: 'assistant' }
>['tool_calls'];

type OfficialPart = Exclude<Extract<ChatCompletionMessageParam, { role: 'user' }>['content'], string>[number];

/** A request as OpenAI's own types describe it. */
interface OfficialParams {
  model: string;
  messages: (
    | { role: 'system'; content: string }
    | { role: 'user'; content: [{ type: 'image_url'; image_url: { url: string } }] }
    | { role: 'assistant'; content: null; tool_calls: [OfficialToolCall] }
    | { role: 'tool'; content: string; tool_call_id: string }
  )[];
  max_completion_tokens: number;
  stop: string[];
  tools: {
    type: 'function';
    function: { name: string; parameters: Record<string, unknown>; strict: boolean };
  }[];
  tool_choice: { type: 'function'; function: { name: string } };
  response_format: { type: 'json_schema'; json_schema: { name: string; schema: Record<string, unknown> } };
  reasoning_effort: 'high';
  [field: string]: unknown;
}

interface OfficialToolCall {
  type: 'function';
  id: string;
  function: { name: string; arguments: string };
}

// @ts-expect-error a number is no role
export type NoRole = Assignable<{ role: 1 }, MessageAnswer>;
// @ts-expect-error params have messages
export type NoMessages = Assignable<{ model: string }, ChatCompletionParams>;
// @ts-expect-error video_url is a part of other servers only
export type NoVideo = Assignable<Written<Extract<ContentPart, { type: 'video_url' }>>, OfficialPart>;
