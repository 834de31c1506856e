/** The kinds of OpenAI-compatible servers that the proxy knows. Their records: `openai/dialect.ts`. */
export const DIALECT_NAMES = [
  'generic',
  'openai',
  'azure',
  'vllm',
  'sglang',
  'llamacpp',
  'ollama',
  'lmstudio',
  'litellm',
  'openrouter',
  'deepseek',
  'groq',
  'mistral',
  'gemini',
] as const;

export type DialectName = (typeof DIALECT_NAMES)[number];
