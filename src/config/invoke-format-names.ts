/** The native formats of InvokeModel. `formats/format-registry.ts` has a record for each. */
export const INVOKE_FORMAT_NAMES = ['anthropic-messages', 'nova', 'openai-chat'] as const;

export type InvokeFormatName = (typeof INVOKE_FORMAT_NAMES)[number];
