import type { DirectFormat } from '../../direct-format.js';

/** OpenAI's own body, which goes to the upstream as it is. */
export const OPENAI_EMBEDDINGS: DirectFormat = {
  kind: 'openai-embeddings',
  name: 'openai-embeddings',
  matches: ({ input, messages }) =>
    messages === undefined && (typeof input === 'string' || Array.isArray(input)),
};
