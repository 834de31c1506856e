/**
 * How the prompts of InvokeModel are sent: as the messages that the prompt's template tells apart, or as they stand, to
 * the endpoint for text completions.
 */
export const COMPLETION_MODES = ['chat', 'raw'] as const;

export type CompletionMode = (typeof COMPLETION_MODES)[number];
