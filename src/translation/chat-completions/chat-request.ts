/**
 * The body of a chat completion request as a client sends it. `messages` and `tools` are lists of objects, messages have a
 * role; other members may be anything.
 */
export interface ChatRequest {
  readonly messages: readonly object[];
  readonly tools?: readonly object[] | null;
  readonly n?: number | null;
  readonly max_tokens?: unknown;
  readonly max_completion_tokens?: unknown;
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean | null } | null;
}
