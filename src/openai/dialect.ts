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

const GENERIC: Dialect = {
  name: 'generic',
  maxTokensField: 'max_tokens',
  includeUsage: true,
  obfuscationOff: false,
  midConversationSystem: 'inplace',
  mergeUserTurns: false,
  imageUrl: 'object',
  video: 'none',
  audio: 'input_audio',
  pdf: 'file',
  toolChoice: 'full',
  parallelToolCalls: true,
  toolMessageName: false,
  toolCallId: 'any',
  emptyAssistantContent: null,
  strictTools: true,
  responseFormat: 'json_schema',
  strictSchema: 'auto',
  reasoningReplay: 'none',
  thinking: 'effort',
  topK: true,
  serviceTier: false,
  metadata: 'any',
  safetyIdentifier: false,
  truncatesInputs: false,
  cachePoint: 'drop',
};

const OPENAI: Dialect = {
  ...GENERIC,
  name: 'openai',
  maxTokensField: 'max_completion_tokens',
  obfuscationOff: true,
  toolCallId: 'max40',
  topK: false,
  fixedSamplingModels: /^(?:o\d|gpt-5(?!.*-chat))/,
  maxStops: 4,
  serviceTier: true,
  metadata: 'stored',
  safetyIdentifier: true,
};

/** Servers that render the request with the chat template of the model. */
const TEMPLATED: Dialect = {
  ...GENERIC,
  midConversationSystem: 'user',
  mergeUserTurns: true,
  pdf: 'none',
  strictSchema: 'always',
  strictTools: false,
  metadata: 'none',
};

/** One record per kind of server. Sources: each server's API reference and source, looked up in 2026-11. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  generic: GENERIC,
  openai: OPENAI,
  azure: { ...OPENAI, name: 'azure' },
  vllm: {
    ...TEMPLATED,
    name: 'vllm',
    video: 'video_url',
    audio: 'audio_url',
    strictTools: true,
    truncatesInputs: true,
  },
  sglang: { ...TEMPLATED, name: 'sglang', video: 'video_url', audio: 'audio_url' },
  // it treats a tool choice that is an object as `auto`
  llamacpp: { ...TEMPLATED, name: 'llamacpp', video: 'input_video', toolChoice: 'strings' },
  ollama: {
    ...TEMPLATED,
    name: 'ollama',
    toolChoice: 'none',
    parallelToolCalls: false,
    emptyAssistantContent: '',
    reasoningReplay: 'reasoning',
    efforts: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max', 'ultra'],
    topK: false,
  },
  lmstudio: { ...TEMPLATED, name: 'lmstudio', audio: 'none', toolChoice: 'strings' },
  litellm: {
    ...GENERIC,
    name: 'litellm',
    reasoningReplay: 'thinking_blocks',
    thinking: 'verbatim',
    // claude-…, anthropic/…, bedrock/eu.anthropic.…, vertex_ai/claude-…; it refuses the parameter for other models
    thinkingModels: /(?:^|[^a-z])(?:claude|anthropic)(?![a-z])/i,
    serviceTier: true,
    cachePoint: 'cache_control',
  },
  openrouter: {
    ...GENERIC,
    name: 'openrouter',
    video: 'video_url',
    reasoningReplay: 'reasoning_details',
    cachePoint: 'cache_control',
  },
  deepseek: {
    ...GENERIC,
    name: 'deepseek',
    metadata: 'none',
    imageUrl: 'none',
    audio: 'none',
    pdf: 'none',
    emptyAssistantContent: '',
    strictTools: false,
    responseFormat: 'none',
    reasoningReplay: 'reasoning_content',
    thinking: 'verbatim',
    topK: false,
    maxStops: 16,
  },
  groq: {
    ...GENERIC,
    name: 'groq',
    metadata: 'none',
    maxTokensField: 'max_completion_tokens',
    audio: 'none',
    pdf: 'none',
    topK: false,
    maxStops: 4,
  },
  mistral: {
    ...GENERIC,
    name: 'mistral',
    includeUsage: false,
    pdf: 'document_url',
    mergeUserTurns: true,
    toolMessageName: true,
    toolCallId: 'alnum9',
    emptyAssistantContent: '',
    strictTools: false,
    topK: false,
  },
  gemini: {
    ...GENERIC,
    name: 'gemini',
    metadata: 'none',
    pdf: 'none',
    strictTools: false,
    reasoningReplay: 'extra_content',
    topK: false,
    maxStops: 5,
  },
};
