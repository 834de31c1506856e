import type { DialectName } from '../config/dialect-names.js';

/** The names of the OpenTelemetry conventions, for those that have one: https://opentelemetry.io/docs/specs/semconv/gen-ai/ */
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
