/** Where Bedrock offers OpenAI's API: at its runtime, and at the root of its second endpoint (`bedrock-mantle`). */
const BASES = ['openai/v1', 'v1'];

export const CHAT_COMPLETIONS_PATHS = BASES.map((base) => `${base}/chat/completions`);

export const MODELS_PATHS = BASES.map((base) => `${base}/models`);
