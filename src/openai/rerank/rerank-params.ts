/** The body of `POST {base}/rerank`, as Cohere defined it and most servers take it. */
export interface RerankParams {
  model: string;
  query: string;
  documents: readonly string[];
  top_n?: number;
  [field: string]: unknown;
}
