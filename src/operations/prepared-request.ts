import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { ValueOrigin } from '../observability/call-transcript.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import type { ReadDocuments } from '../translation/request/read-documents.js';

/** A request in the form that one target takes. */
export interface PreparedRequest<Params> {
  readonly params: Params;
  /** JSON paths of what could not be carried. */
  readonly ignored: readonly string[];
  /** Where the params come from, for the inspector. */
  readonly origins?: (() => readonly ValueOrigin[]) | undefined;
}

/** How a request is brought into the form of a target. */
export interface Preparation<Params> {
  /**
   * Maps the request for the target. What it throws does not count as a failure of the target.
   * @param documents what documents became that the target does not take as they are
   */
  prepare(this: void, target: UpstreamTarget, documents?: ReadDocuments): PreparedRequest<Params>;
  /** The request whose documents are read when `prepare` throws an UnreadDocument. */
  readonly request?: ConverseRequestDto | undefined;
}
