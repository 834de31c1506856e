import { countOf, tokensOf } from '../token-count.js';
import { unusable } from '../upstream.error.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** The relevance of one document, by its place in the request. */
interface DocumentScore {
  readonly index: number;
  /** As the server gives it: a probability, or the raw output of its model. */
  readonly score: number;
}

export interface RerankAnswer {
  readonly scores: readonly DocumentScore[];
  /** Undefined when the server does not count them. */
  readonly tokens?: number;
}

/**
 * Parsed JSON → the scores in it, in the server's order. `{results: [{index, relevance_score}]}` is Cohere's form, which
 * vLLM, llama.cpp, LiteLLM and Jina have too; a bare list of `{index, score}` is that of TEI and SGLang.
 *
 * @param count how many documents were sent
 * @throws UpstreamError `unusable`
 */
export function bodyToScores(body: unknown, count: number): RerankAnswer {
  const results = Array.isArray(body) ? body : objectOf(body)['results'];
  if (!Array.isArray(results)) throw unusable('an answer without a list of results');
  const scores = results.map((result: unknown) => toScore(objectOf(result), count));
  if (new Set(scores.map(({ index }) => index)).size !== scores.length)
    throw unusable('a document that is ranked twice');
  return { scores, tokens: tokensIn(objectOf(body)) };
}

function toScore(
  { index, relevance_score: relevance, score = relevance }: JsonObject,
  count: number,
): DocumentScore {
  const isPlace = typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < count;
  if (!isPlace) throw unusable('a result whose index is that of no document');
  if (typeof score !== 'number' || !Number.isFinite(score)) throw unusable('a result without a score');
  return { index, score };
}

/** Cohere counts tokens in `meta`. */
function tokensIn({ usage, meta }: JsonObject): number | undefined {
  const billed = objectOf(objectOf(meta)['billed_units']);
  return tokensOf(usage) ?? countOf(billed['input_tokens']);
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
