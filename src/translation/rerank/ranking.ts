import type { RankedDocument, RerankRequest, RerankResult } from '../../bedrock/rerank/rerank-request.js';
import type { RerankAnswer } from '../../openai/rerank/rerank-answer.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { unusable } from '../../openai/upstream.error.js';

type ScoreSetting = NonNullable<UpstreamTarget['rerank']>['scores'];

/**
 * The upstream's scores → the documents by relevance, with scores within 0…1, at most `topN`. Some servers keep the order
 * of the request and ignore `top_n`, so it is always sorted and cut here.
 * @throws UpstreamError `unusable` when documents are missing
 */
export function toRerankResult(
  { scores, tokens }: RerankAnswer,
  { documents, topN = documents.length }: RerankRequest,
  { rerank }: UpstreamTarget,
): RerankResult {
  const wanted = Math.min(topN, documents.length);
  if (scores.length < wanted) throw unusable(`${scores.length} results, and ${wanted} were asked for`);
  const sorted = scores.toSorted((one, other) => other.score - one.score || one.index - other.index);
  const ranked = withinBounds(sorted, rerank?.scores ?? 'auto').slice(0, wanted);
  return { ranked, ...(tokens !== undefined && { tokens }) };
}

/** Raw outputs of a model become probabilities by the sigmoid, which keeps the order. */
function withinBounds(scores: readonly RankedDocument[], setting: ScoreSetting): readonly RankedDocument[] {
  const isRaw = scores.some(({ score }) => score < 0 || score > 1);
  if (setting === 'asIs' || (setting === 'auto' && !isRaw)) return scores;
  return scores.map(({ index, score }) => ({ index, score: 1 / (1 + Math.exp(-score)) }));
}
