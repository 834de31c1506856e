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
  /** The answer is not complete yet, so the call will change. */
  readonly isRunning?: boolean;
  /** Too many calls came at once, so nothing else of this one is held. */
  readonly isLineOnly?: boolean;
}

/** A body as text; JSON where it is whole. */
export interface Body {
  readonly text: string;
  /** The rest was left out. */
  readonly isCut: boolean;
}

/** Where a value comes from, as the translation recorded it. */
export interface CallOrigin {
  readonly path: string;
  /** Paths on the other side, or words: `route`, `dialect`, `default`, `guardrail`. */
  readonly from: readonly string[];
  /** The paths inside of the value are the same on both sides. */
  readonly isCopy: boolean;
}

export interface CallAttempt {
  readonly upstream: string;
  readonly model: string;
  /** What it was made for, if not for the answer: `moderation`. */
  readonly aside?: string;
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
  /** The answer; of a stream, the JSON array of its server-sent events: JSON, or text where their data is none. */
  readonly answer: Body;
  /** Of a stream: when each server-sent event was complete, in milliseconds since the request came. */
  readonly timesMs: readonly number[];
  /** Of the values of the request. */
  readonly origins: readonly CallOrigin[];
}

/** The prompt that a request named in place of a model. */
export interface CallPrompt {
  /** Id and version: `PROMPT1234:2`. */
  readonly name: string;
  /** What was made of it: a Converse request. Absent when the request was refused before. */
  readonly filled?: Body;
}

/** What a guardrail found on one side, without the text. */
export interface CallGuardrail {
  readonly guardrail: string;
  readonly side: string;
  readonly decision: string;
  readonly findings: readonly GuardrailFinding[];
  /** The server for the content filters has failed. */
  readonly isUnfiltered?: boolean;
  /** Of the first findings: in which examined text, counted from 0, and in which of its UTF-16 units. */
  readonly places: readonly (Omit<GuardrailFinding, 'count'> & {
    readonly text: number;
    readonly begin: number;
    readonly end: number;
  })[];
}

interface GuardrailFinding {
  readonly policy: string;
  readonly type: string;
  readonly action: string;
  readonly count: number;
}

/** One call, both sides. */
export interface Call extends CallSummary {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** Path and rule that the request broke. */
  readonly reason?: string;
  readonly prompt?: CallPrompt;
  readonly request: Body;
  /** The answer; of a stream, the JSON array of its events. */
  readonly answer: Body;
  /** Of a stream: when each event was written, in milliseconds since the request came. */
  readonly timesMs: readonly number[];
  /** Of the values of the answer, from those of the last call's answer. Of a stream, of its events. */
  readonly answerOrigins: readonly CallOrigin[];
  readonly calls: readonly CallAttempt[];
  /** Absent for a call that no guardrail has examined. */
  readonly guardrails?: readonly CallGuardrail[];
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
  /** Used for this call and not kept. */
  readonly credential?: TryCredential;
}

/** What a client proves itself with: a bearer key, or a key pair to sign with (SigV4). */
export type TryCredential =
  { readonly bearer: string } | { readonly accessKeyId: string; readonly secretAccessKey: string };
