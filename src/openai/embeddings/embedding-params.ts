import type { Base64Data } from '../base64-data.js';

/** A part of a message that is embedded, for servers that take chat messages on `/embeddings`. */
export type EmbeddingPart =
  { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: Base64Data } };

/** An input of servers that embed images beside texts. */
export type EmbeddingInputItem = string | { text: string } | { image: Base64Data };

/** The body of `POST {base}/embeddings`: OpenAI's fields, and any other that a server takes. */
export interface EmbeddingParams {
  model: string;
  input?: readonly unknown[] | string;
  messages?: { role: 'user'; content: EmbeddingPart[] }[];
  encoding_format?: string;
  dimensions?: number;
  [field: string]: unknown;
}
