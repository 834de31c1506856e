import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionContentPart,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionDeveloperMessageParam,
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionSystemMessageParam,
  ChatCompletionToolMessageParam,
} from 'openai/resources/chat/completions';
import type { Base64Data } from './base64-data.js';

type OfficialPart<Type> = Extract<ChatCompletionContentPart, { type: Type }>;
type InputAudioData = Omit<OfficialPart<'input_audio'>['input_audio'], 'data'> & { data: Base64Data };

/** OpenAI's own parts, with `Base64Data` in place of strings. */
type MediaContentPart =
  | (Omit<OfficialPart<'image_url'>, 'image_url'> & { image_url: { url: Base64Data | string } })
  | (Omit<OfficialPart<'input_audio'>, 'input_audio'> & { input_audio: InputAudioData })
  | (Omit<OfficialPart<'file'>, 'file'> & { file: { filename: string; file_data: Base64Data } });

/** Parts that only compatible servers take. */
type WidenedContentPart =
  | { type: 'video_url'; video_url: { url: Base64Data } }
  | { type: 'input_video'; input_video: { data: Base64Data; format: string } }
  | { type: 'audio_url'; audio_url: { url: Base64Data } }
  | { type: 'document_url'; document_url: Base64Data; document_name?: string };

/** Markers that some servers read on a content part or a tool. */
export interface CacheMarker {
  cache_control?: { type: 'ephemeral'; ttl?: string };
  prompt_cache_breakpoint?: { mode: 'explicit'; ttl?: string };
}

export type ContentPart = (OfficialPart<'text'> | MediaContentPart | WidenedContentPart) & CacheMarker;

export interface UserMessage {
  role: 'user';
  content: string | ContentPart[];
}

export type ToolCall = ChatCompletionMessageFunctionToolCall & { extra_content?: unknown };

/** The thinking part that Mistral puts into an assistant's content. */
interface ThinkingPart {
  type: 'thinking';
  thinking: { type: 'text'; text: string }[];
}

export interface AssistantMessage extends Omit<
  ChatCompletionAssistantMessageParam,
  'content' | 'tool_calls'
> {
  content: string | null | (ThinkingPart | { type: 'text'; text: string })[];
  tool_calls?: ToolCall[];
  reasoning_content?: string;
  reasoning?: string;
  reasoning_details?: unknown[];
  thinking_blocks?: unknown[];
  prefix?: boolean;
}

export type SystemMessage =
  | (Omit<ChatCompletionSystemMessageParam, 'content'> & {
      content: string | (ContentPart & { type: 'text' })[];
    })
  | (Omit<ChatCompletionDeveloperMessageParam, 'content'> & {
      content: string | (ContentPart & { type: 'text' })[];
    });

export type ToolMessage = ChatCompletionToolMessageParam & { name?: string };

export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** The body of `POST {base}/chat/completions`: the fields of the `openai` package, and any other that a server takes. */
export interface ChatCompletionParams extends Omit<
  ChatCompletionCreateParamsNonStreaming,
  'messages' | 'stream'
> {
  messages: ChatMessage[];
  [field: string]: unknown;
}

/*
 * The types of answers. Servers differ, so every member may be missing or null, and the mappers check what they read.
 * Fields of servers other than OpenAI's name their server.
 */

export interface UsageAnswer {
  prompt_tokens?: number | null;
  completion_tokens?: number | null;
  total_tokens?: number | null;
  prompt_tokens_details?: {
    cached_tokens?: number | null;
    cache_write_tokens?: number | null;
    cache_creation_tokens?: number | null;
  } | null;
  completion_tokens_details?: { reasoning_tokens?: number | null } | null;
  /** DeepSeek. */
  prompt_cache_hit_tokens?: number | null;
  /** LiteLLM in front of Anthropic. */
  cache_read_input_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
  /** Moonshot. */
  cached_tokens?: number | null;
}

export interface ToolCallAnswer {
  index?: number | null;
  id?: string | null;
  type?: string | null;
  function?: { name?: string | null; arguments?: unknown } | null;
  custom?: { name?: string | null; input?: unknown } | null;
  extra_content?: unknown;
}

/** A message, or the delta of one. */
export interface MessageAnswer {
  role?: string | null;
  content?: string | null | unknown[];
  refusal?: string | null;
  /** TGI sends one object in a stream. */
  tool_calls?: ToolCallAnswer[] | ToolCallAnswer | null;
  function_call?: { name?: string | null; arguments?: unknown } | null;
  audio?: { transcript?: string | null; data?: string | null } | null;
  reasoning_content?: string | null;
  reasoning?: string | null;
  reasoning_details?: unknown[] | null;
  thinking_blocks?: unknown[] | null;
}

export interface ChoiceAnswer {
  index?: number | null;
  finish_reason?: string | null;
  message?: MessageAnswer | null;
  delta?: MessageAnswer | null;
  /** vLLM: the stop string, or the id of the stop token. */
  stop_reason?: string | number | null;
  /** SGLang: the same. */
  matched_stop?: string | number | null;
  /** OpenRouter: the finish reason of the model's own provider. */
  native_finish_reason?: string | null;
  /** Azure's filter results. */
  content_filter_results?: unknown;
}

/** A completion, or one chunk of a stream. */
export interface ChatCompletionAnswer {
  id?: string | null;
  object?: string | null;
  model?: string | null;
  choices?: ChoiceAnswer[] | null;
  usage?: UsageAnswer | null;
  service_tier?: string | null;
  /** Groq: usage of a stream. */
  x_groq?: { usage?: UsageAnswer | null } | null;
  /** llama.cpp. */
  timings?: { cache_n?: number | null } | null;
  [field: string]: unknown;
}
