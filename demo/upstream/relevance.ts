const DIMENSIONS = 256;
const CHARACTERS_PER_TOKEN = 4;
/** Words that say nothing about the subject. */
const STOP_WORDS = new Set([
  'a',
  'an',
  'and',
  'are',
  'is',
  'in',
  'of',
  'the',
  'to',
  'was',
  'what',
  'which',
  'who',
]);

export interface EmbeddingsRequest {
  readonly model: string;
  readonly input: string | readonly string[];
}

export interface RerankRequest {
  readonly model: string;
  readonly query: string;
  readonly documents: readonly string[];
  readonly top_n?: number;
}

/** Texts → vectors by rules instead of a model: each word counts in one dimension, so texts with the same words are near. */
export function embeddings({ model, input }: EmbeddingsRequest): object {
  const texts = typeof input === 'string' ? [input] : input;
  const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: toVector(text) }));
  return { object: 'list', model, data, usage: usage(texts) };
}

/** Documents → the share of the question's words that each of them has. */
export function ranking({ model, query, documents, top_n = documents.length }: RerankRequest): object {
  const asked = new Set(wordsOf(query));
  const results = documents.map((document, index) => {
    const found = new Set(wordsOf(document).filter((word) => asked.has(word)));
    return { index, relevance_score: asked.size === 0 ? 0 : found.size / asked.size };
  });
  const best = results.toSorted((one, other) => other.relevance_score - one.relevance_score);
  return { model, results: best.slice(0, top_n), usage: usage([query, ...documents]) };
}

/** Of length 1. */
function toVector(text: string): number[] {
  const vector = Array.from({ length: DIMENSIONS }, () => 0);
  for (const word of wordsOf(text)) vector[dimensionOf(word)] = 1;
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function dimensionOf(word: string): number {
  return Buffer.from(word).reduce((hash, byte) => (hash * 31 + byte) % DIMENSIONS, 7);
}

function wordsOf(text: string): string[] {
  const words: string[] = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word));
}

function usage(texts: readonly string[]): object {
  const tokens = Math.ceil(texts.join('').length / CHARACTERS_PER_TOKEN);
  return { prompt_tokens: tokens, total_tokens: tokens };
}
