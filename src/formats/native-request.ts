/** A native body as the small request of its kind, and how the answer is written. */
export interface NativeRequest<Request, Result> {
  readonly request: Request;
  /** Native paths of parameters without an equivalent. They are refused when `UNSUPPORTED_PARAMETERS` is `reject`. */
  readonly ignored: readonly string[];
  /** Native paths of members that change nothing in the answer. They are reported, never refused. */
  readonly hints: readonly string[];
  /**
   * The answer in the native format.
   * @param uuid random
   */
  toResponse(this: void, result: Result, uuid: string): object;
}
