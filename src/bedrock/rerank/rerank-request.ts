/** A request to rank documents, whatever the native format. */
export interface RerankRequest {
  readonly query: string;
  /** At least one. */
  readonly documents: readonly string[];
  /** How many documents the answer has at most. Absent: all. */
  readonly topN?: number;
  /** Most tokens of a document. */
  readonly maxTokens?: number;
  /** Members for the upstream, where they do not collide with the others. */
  readonly extraFields: Readonly<Record<string, unknown>>;
  /** Where the parameters are in the native body. */
  readonly paths: { readonly maxTokens: string; readonly extraFields: string };
}

/** A document by its place in the request, and its relevance, 0 to 1. */
export interface RankedDocument {
  readonly index: number;
  readonly score: number;
}

export interface RerankResult {
  /** The most relevant first; equal ones in the order of the request. */
  readonly ranked: readonly RankedDocument[];
  /** Input tokens; undefined when the upstream does not count them. */
  readonly tokens?: number;
}
