/** The native formats of InvokeModel. `formats/format-registry.ts` has a record for each. */
export const INVOKE_FORMAT_NAMES = [
  'anthropic-text',
  'anthropic-messages',
  'titan-text',
  'nova',
  'command-r',
  'command',
  'llama',
  'mistral-text',
  'text-completion',
  'mistral-chat',
  'openai-chat',
  'titan-text-embeddings',
  'titan-image-embeddings',
  'cohere-embeddings',
  'nova-embeddings',
  'marengo-embeddings',
  'openai-embeddings',
  'amazon-rerank',
  'cohere-rerank',
  'amazon-image',
  'stability-image',
] as const;

export type InvokeFormatName = (typeof INVOKE_FORMAT_NAMES)[number];
