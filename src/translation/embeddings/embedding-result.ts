import type {
  EmbeddingRequest,
  EmbeddingResult,
  QuantizedType,
} from '../../bedrock/embeddings/embedding-request.js';
import type { Vector } from '../../bedrock/embeddings/vector.js';
import type { EmbeddingsAnswer } from '../../openai/embeddings/embeddings-answer.js';
import { NumberList } from '../../openai/number-list.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { unusable } from '../../openai/upstream.error.js';
import type { EmbeddingCalls } from './embedding-params.js';
import { settingsOf } from './embedding-settings.js';
import { toUnitLength } from './unit-length.js';

/**
 * The answers of all calls → the embeddings, in the order of the inputs.
 * @param answers in the order of the calls
 * @throws UpstreamError `unusable` when a vector is shorter than was asked for
 */
export function toEmbeddingResult(
  calls: readonly EmbeddingCalls[],
  answers: readonly EmbeddingsAnswer[],
  request: EmbeddingRequest,
  target: UpstreamTarget,
): EmbeddingResult {
  const byType = new Map<EmbeddingCalls['type'], Joined>();
  let taken = 0;
  for (const { type, calls: ofType } of calls) {
    byType.set(type, joined(answers.slice(taken, taken + ofType.length)));
    taken += ofType.length;
  }
  const quantized = new Map<QuantizedType, readonly Vector[]>();
  for (const type of request.quantized) quantized.set(type, byType.get(type)?.vectors ?? []);
  const floats = byType.get('float')?.vectors ?? [];
  const [first] = byType.values();
  return {
    vectors: floats.map((vector) => finished(vector, request, target)),
    quantized,
    ...(first?.tokens !== undefined && { tokens: first.tokens }),
  };
}

interface Joined {
  readonly vectors: readonly NumberList[];
  readonly tokens?: number;
}

/** Tokens are known only if every answer counts them. */
function joined(answers: readonly EmbeddingsAnswer[]): Joined {
  const vectors = answers.flatMap((answer) => answer.vectors);
  const dimensions = vectors[0]?.length;
  if (vectors.some(({ length }) => length !== dimensions)) throw unusable('embeddings of different lengths');
  const tokens = answers.reduce<number | undefined>(
    (sum, answer) => (sum === undefined || answer.tokens === undefined ? undefined : sum + answer.tokens),
    0,
  );
  return { vectors, ...(tokens !== undefined && { tokens }) };
}

function finished(vector: NumberList, request: EmbeddingRequest, target: UpstreamTarget): Vector {
  const cut = isCut(request, target) ? cutTo(vector, request.dimensions ?? 0) : undefined;
  // a part of a vector is shorter than the whole
  const isNormalized = request.normalize === true || cut !== undefined;
  const unit = isNormalized ? toUnitLength(cut ?? vector.values) : undefined;
  const changed = unit ?? cut;
  return changed === undefined ? vector : NumberList.from(changed);
}

function isCut({ dimensions }: EmbeddingRequest, target: UpstreamTarget): boolean {
  return dimensions !== undefined && settingsOf(target).dimensions === 'cut';
}

function cutTo({ values }: NumberList, dimensions: number): number[] | undefined {
  if (values.length < dimensions)
    throw unusable(`${values.length} dimensions, and ${dimensions} were asked for`);
  return values.length === dimensions ? undefined : values.slice(0, dimensions);
}
