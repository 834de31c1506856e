import type { EmbeddingResult } from '../../bedrock/embeddings/embedding-request.js';
import type { Vector } from '../../bedrock/embeddings/vector.js';

/** The vector of a request with one input. */
export function firstVector({ vectors: [vector] }: EmbeddingResult): Vector {
  if (vector === undefined) throw new Error('A request with one input has one vector');
  return vector;
}
