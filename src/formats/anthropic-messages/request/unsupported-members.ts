import type { MessagesRequestDto } from './messages-request.dto.js';
import { type Reduction, unsupported } from './reduction.js';

/** Parameters without an equivalent at any upstream. */
const IGNORED = [
  'context_management',
  'inference_geo',
  'speed',
  'diagnostics',
  'user_profile_id',
  'workspace_id',
  'billing_policy',
  'fallback_credit_token',
] as const satisfies (keyof MessagesRequestDto)[];

/** State and servers that no upstream has: without them the request would mean something else. */
const REFUSED = {
  container: 'there is no container here.',
  mcp_servers: 'MCP servers cannot be called here. Connect them to the client.',
  fallbacks: 'other models are tried as the model table of this proxy says.',
  thread: 'conversations are not stored here. Send all messages.',
  compaction: 'conversations cannot be summarized here.',
} as const satisfies Partial<Record<keyof MessagesRequestDto, string>>;

/**
 * Records the parameters that are ignored.
 * @throws ValidationException for a member that asks for state or servers
 */
export function reportUnsupported(request: MessagesRequestDto, { ignored }: Reduction): void {
  for (const member of Object.keys(REFUSED) as (keyof typeof REFUSED)[]) {
    if (asksForSomething(request[member])) throw unsupported(member, REFUSED[member]);
  }
  for (const member of IGNORED) {
    if (request[member] != null) ignored.push(member);
  }
  if (request.output_config?.task_budget != null) ignored.push('output_config.task_budget');
}

/** Some clients always send a list. */
function asksForSomething(value: unknown): boolean {
  return value != null && !(Array.isArray(value) && value.length === 0);
}
