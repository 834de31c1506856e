import type { S3LocationDto } from '../converse/s3-location.dto.js';
import type { Vector } from './vector.js';

/** What an embedding is for, in Cohere's words. */
export type EmbeddingPurpose = 'search_document' | 'search_query' | 'classification' | 'clustering';

/** The types that the numbers of an answer can have, beside floats and what is made of them. */
export type QuantizedType = 'int8' | 'uint8';

export interface EmbeddingImage {
  /** Standard base64 without line breaks. */
  readonly base64: string;
  /** `image/png`. */
  readonly mediaType: string;
}

/** A text or an image in S3. */
export interface EmbeddingObject {
  readonly location: S3LocationDto;
  /** Path of the location in the native body. */
  readonly path: string;
  /** Of an image: `image/png`. Undefined of a text. */
  readonly mediaType?: string;
}

/** One thing to embed: a text, an image, or both, which become one vector. */
export interface EmbeddingInput {
  readonly text?: string;
  readonly image?: EmbeddingImage;
  /** Path of the image in the native body. */
  readonly imagePath?: string;
  /** What is to be read from S3, in place of the text or the image. */
  readonly object?: EmbeddingObject;
}

/** The parameters of a request whose native paths differ. */
type EmbeddingParameter = 'purpose' | 'dimensions' | 'truncation' | 'maxTokens' | 'types';

/** A request for embeddings, whatever the native format. */
export interface EmbeddingRequest {
  /** At least one. */
  readonly inputs: readonly EmbeddingInput[];
  readonly purpose?: EmbeddingPurpose;
  readonly dimensions?: number;
  /** Which end of an input that is too long for the model is cut. Absent: none. */
  readonly truncation?: 'start' | 'end';
  /** Most tokens of an input. */
  readonly maxTokens?: number;
  /** Whether float vectors are wanted, also as the source of bits and base64. */
  readonly floats: boolean;
  /** Types that only the upstream can give. */
  readonly quantized: readonly QuantizedType[];
  /** Every vector gets the length 1. */
  readonly normalize?: boolean;
  /** Where the parameters are in the native body. */
  readonly paths: Readonly<Partial<Record<EmbeddingParameter, string>>>;
}

/** The answer, in the order of the inputs. */
export interface EmbeddingResult {
  /** Empty unless `floats` was asked for. */
  readonly vectors: readonly Vector[];
  readonly quantized: ReadonlyMap<QuantizedType, readonly Vector[]>;
  /** Input tokens; undefined when the upstream does not count them. */
  readonly tokens?: number;
}
