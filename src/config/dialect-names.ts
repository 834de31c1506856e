/** The kinds of OpenAI-compatible servers that the proxy supports. `openai/dialects.ts` has a record for each. */
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

/** `vLLM`, `llama.cpp` or `LM Studio` → the dialect's own name; any other value is returned unchanged. */
export function toDialectName(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const letters = value.toLowerCase().replace(/[^a-z]/g, '');
  return DIALECT_NAMES.find((name) => name === letters) ?? value;
}
