import type { Dialect } from '../../openai/dialect.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import type { ToolCallIds } from './content/tool-call-ids.js';
import type { IgnoredMembers } from './ignored-members.js';
import type { Provenance } from './provenance.js';
import type { ReadDocuments } from './read-documents.js';

/** The target, and the state that the conversions of one request share. */
export interface RequestContext {
  readonly target: UpstreamTarget;
  readonly dialect: Dialect;
  readonly ignored: IgnoredMembers;
  readonly toolCallIds: ToolCallIds;
  /** Tool-use id → tool name, for the calls read so far. */
  readonly toolNames: Map<string, string>;
  /** Undefined unless the inspector is on. */
  readonly provenance: Provenance | undefined;
  /** Undefined unless the target takes a document of the request only when it is read. */
  readonly documents: ReadDocuments | undefined;
}
