const TEXTS = 96;
const DIMENSIONS = 1_536;
/** As many digits as OpenAI's answers have. */
const DIGITS = 10;

/** Cohere's body with as many texts as it takes. */
export function embeddingsBody(): Buffer {
  const texts = Array.from({ length: TEXTS }, (_, index) => `Text ${index}: the quick brown fox jumps.`);
  return Buffer.from(JSON.stringify({ texts, input_type: 'search_document' }));
}

/** OpenAI's answer to it: vectors without a pattern, the same in every run. */
export function embeddingsAnswer(): Buffer {
  let seed = 1;
  const next = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return Number((seed / 2_147_483_647 / 10 - 0.05).toFixed(DIGITS));
  };
  const data = Array.from({ length: TEXTS }, (_, index) => ({
    object: 'embedding',
    index,
    embedding: Array.from({ length: DIMENSIONS }, next),
  }));
  const usage = { prompt_tokens: 960, total_tokens: 960 };
  return Buffer.from(JSON.stringify({ object: 'list', data, model: 'bench', usage }));
}
