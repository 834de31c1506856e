import type { DialectName } from '../config/dialect-names.js';

/** What one kind of server supports, for the request mapping and the gateway. */
export interface Dialect {
  readonly name: DialectName;
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** `stream_options.include_usage` is understood. */
  readonly includeUsage: boolean;
  /** `stream_options.include_obfuscation: false` is understood. */
  readonly obfuscationOff: boolean;
  /** `inplace`: system messages may be anywhere; `user`: their text joins the next user message. */
  readonly midConversationSystem: 'inplace' | 'user';
  /** Consecutive user messages must become one. */
  readonly mergeUserTurns: boolean;
  readonly imageUrl: 'object' | 'none';
  /** Who would load an image from an address: a service on the internet, or a server in the operator's network. */
  readonly imageAddresses: 'service' | 'server';
  readonly video: 'video_url' | 'input_video' | 'none';
  /** `input_audio` takes wav and mp3; `audio_url` any format as a data URI. */
  readonly audio: 'input_audio' | 'audio_url' | 'none';
  readonly pdf: 'file' | 'document_url' | 'none';
  /** `full`: also a named function; `strings`: only auto, required, none; `none`: not at all. */
  readonly toolChoice: 'full' | 'strings' | 'none';
  readonly parallelToolCalls: boolean;
  /** Tool messages carry the name of the function. */
  readonly toolMessageName: boolean;
  /** `max40`: ids have at most 40 characters; `alnum9`: they are nine letters or digits. */
  readonly toolCallId: 'any' | 'max40' | 'alnum9';
  /** Content of an assistant message that has only tool calls. */
  readonly emptyAssistantContent: null | '';
  /** `function.strict` is understood. */
  readonly strictTools: boolean;
  readonly responseFormat: 'json_schema' | 'none';
  /** `json_schema.strict`: always, or only for a schema that satisfies OpenAI's rules. */
  readonly strictSchema: 'always' | 'auto';
  /** The field that carries earlier reasoning in a later turn. */
  readonly reasoningReplay:
    'none' | 'reasoning_content' | 'reasoning' | 'reasoning_details' | 'thinking_blocks' | 'extra_content';
  /** Anthropic's `thinking` is sent as a `reasoning_effort`, or unchanged. */
  readonly thinking: 'effort' | 'verbatim';
  /** The models that accept `thinking`; undefined: all of them. Other models get an effort. */
  readonly thinkingModels?: RegExp;
  /** The values that `reasoning_effort` may have; undefined: any value. */
  readonly efforts?: readonly string[];
  readonly topK: boolean;
  /** Models that refuse a temperature with 400. */
  readonly fixedSamplingModels?: RegExp;
  /** The most stop sequences that the server takes; undefined: any number. */
  readonly maxStops?: number;
  readonly serviceTier: boolean;
  /**
   * `metadata` of a chat completion: taken, refused, or taken only with `store: true`. Servers that take every member and
   * read none of `metadata` count as refusing it.
   */
  readonly metadata: 'any' | 'stored' | 'none';
  /** `safety_identifier` is understood. */
  readonly safetyIdentifier: boolean;
  /** `truncate_prompt_tokens` of embeddings and rerank is understood. */
  readonly truncatesInputs: boolean;
  /** What a `cachePoint` becomes. */
  readonly cachePoint: 'drop' | 'cache_control';
}
