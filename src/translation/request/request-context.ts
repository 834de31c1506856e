import type { Dialect } from '../../openai/dialect.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import type { ToolCallIds } from './content/tool-call-ids.js';
import type { IgnoredMembers } from './ignored-members.js';

/** What every conversion of one request is handed. */
export interface RequestContext {
  readonly target: UpstreamTarget;
  readonly dialect: Dialect;
  readonly ignored: IgnoredMembers;
  readonly toolCallIds: ToolCallIds;
  /** Tool-use id → name of the tool, as far as the conversation has been read. */
  readonly toolNames: Map<string, string>;
}
