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
] as const;

export type InvokeFormatName = (typeof INVOKE_FORMAT_NAMES)[number];
