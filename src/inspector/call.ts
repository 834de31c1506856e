/*
 * What the page gets. The page's sources import these types, so this file imports nothing.
 */

/** A line of the list. */
export interface CallSummary {
  /** The request id. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly operation: string;
  readonly client?: string;
  readonly modelId?: string;
  /** Upstream and model that were called last: `openai/gpt-5`. */
  readonly target?: string;
  readonly status: number;
  readonly exception?: string;
  readonly stopReason?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cachedTokens?: number;
  readonly cost?: { readonly amount: number; readonly currency: string };
  readonly isStream: boolean;
  readonly firstEventMs?: number;
  readonly durationMs: number;
  /** JSON paths of members without an equivalent. */
  readonly ignored: readonly string[];
  readonly attempts: number;
}

/** A body as text; JSON where it is whole. */
export interface Body {
  readonly text: string;
  /** The rest was left out. */
  readonly isCut: boolean;
}

/** A piece of a stream, in milliseconds since the request came. */
interface Piece {
  readonly atMs: number;
  /** Where it ends in the text of the answer, or which event it is. */
  readonly end: number;
}

/** Where a value of the chat request comes from, as the mappers recorded it. */
export interface CallOrigin {
  readonly path: string;
  readonly from: readonly string[];
  readonly isCopy: boolean;
}

export interface CallAttempt {
  readonly upstream: string;
  readonly model: string;
  readonly outcome: string;
  /** The latency and the tier that the request asked for, and the target is for. */
  readonly level?: { readonly latency?: string; readonly serviceTier?: string };
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Since the request came. */
  readonly startedMs: number;
  readonly durationMs?: number;
  /** Without its query. */
  readonly url: string;
  readonly request: Body;
  readonly answer: Body;
  readonly pieces: readonly Piece[];
  readonly origins: readonly CallOrigin[];
}

/** One call, both sides. */
export interface Call extends CallSummary {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** Path and rule that the request broke. */
  readonly reason?: string;
  readonly request: Body;
  /** The answer; of a stream, the JSON array of its events. */
  readonly answer: Body;
  /** Of a stream: one for each event. */
  readonly pieces: readonly Piece[];
  readonly calls: readonly CallAttempt[];
}

/** What the page has to know before it shows anything. */
export interface Session {
  readonly isLoggedIn: boolean;
  /** To be sent with every request that changes something. Absent until the login. */
  readonly token?: string;
  /** Whether calls need a credential. */
  readonly needsCredential?: boolean;
}

/** A call that the page asks the process to make. */
export interface TryRequest {
  readonly path: string;
  /** JSON text; empty for a GET. */
  readonly body: string;
  /** A bearer key of a client. It is used once and not kept. */
  readonly bearer?: string;
}
