import type { TokenUsage } from '../bedrock/converse/converse-response.js';
import type { DialectName } from '../config/dialect-names.js';

/*
 * The names and units of the OpenTelemetry conventions for generative AI:
 * https://opentelemetry.io/docs/specs/semconv/gen-ai/
 */

/**
 * Values of `gen_ai.operation.name`. The conventions have no name for reranking, counting and moderations, so they have
 * their own.
 */
export type GenAiOperation =
  'chat' | 'text_completion' | 'embeddings' | 'generate_content' | 'rerank' | 'count_tokens' | 'moderation';

/** Operations that generate nothing, and so have no output tokens. */
export const WITHOUT_OUTPUT: ReadonlySet<GenAiOperation> = new Set<GenAiOperation>([
  'embeddings',
  'rerank',
  'count_tokens',
]);

/** Dialect → `gen_ai.provider.name`: the name of the conventions where they have one, else the dialect's own. */
export const PROVIDERS = {
  generic: 'openai',
  openai: 'openai',
  azure: 'azure.ai.openai',
  vllm: 'vllm',
  sglang: 'sglang',
  llamacpp: 'llamacpp',
  ollama: 'ollama',
  lmstudio: 'lmstudio',
  litellm: 'litellm',
  openrouter: 'openrouter',
  deepseek: 'deepseek',
  groq: 'groq',
  mistral: 'mistral_ai',
  gemini: 'gcp.gemini',
} as const satisfies Record<DialectName, string>;

/** Token counts of the conventions. */
export interface GenAiUsage {
  /** All input tokens. Bedrock's `inputTokens` excludes those that a cache served or stored. */
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheCreationInput: number;
  readonly output: number;
}

/** Bedrock's usage → the token counts of the conventions. */
export function toGenAiUsage(usage: TokenUsage): GenAiUsage {
  const { inputTokens, outputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage;
  return {
    input: inputTokens + cacheReadInputTokens + cacheWriteInputTokens,
    cachedInput: cacheReadInputTokens,
    cacheCreationInput: cacheWriteInputTokens,
    output: outputTokens,
  };
}
