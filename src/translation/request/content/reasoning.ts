import type {
  ReasoningContentBlockDto,
  ReasoningTextBlockDto,
} from '../../../bedrock/converse/reasoning-content-block.dto.js';
import { visit, type Visitor } from '../../../bedrock/union.js';
import type { Dialect } from '../../../openai/dialect.js';
import { decodeReasoningEnvelope, type ReasoningField } from '../../reasoning-envelope.js';
import { MAX_LEVELS, nestsWithin, objectOf } from '../../json-value.js';
import type { RequestContext } from '../request-context.js';
import { isBlank } from './text.js';

/** Reasoning that came from the target upstream. `data` is what the upstream sent besides the text. */
export interface OwnReasoning {
  readonly text: string;
  readonly data: unknown;
  readonly field: ReasoningField;
}

/**
 * `reasoningContent` → the reasoning to send back to this upstream. Clients replay histories of several models, so
 * reasoning of other upstreams is dropped and reported, never refused.
 */
export function reasoningContentToOwnReasoning(
  reasoningContent: ReasoningContentBlockDto,
  path: string,
  context: RequestContext,
): OwnReasoning | undefined {
  const own = visit(reasoningContent, REASONING, context);
  if (own === undefined) context.ignored.hint(path);
  return own;
}

const REASONING: Visitor<ReasoningContentBlockDto, [context: RequestContext], OwnReasoning | undefined> = {
  reasoningText: openReasoningText,
  redactedContent: () => undefined,
};

function openReasoningText(
  { text, signature }: ReasoningTextBlockDto,
  { target, dialect }: RequestContext,
): OwnReasoning | undefined {
  if (signature == null || dialect.reasoningReplay === 'none') return undefined;
  const envelope = decodeReasoningEnvelope(signature);
  if (envelope === undefined || envelope.upstream !== target.upstream.name) return undefined;
  // a model may refuse data that another model signed
  const usable = envelope.model === target.model && nestsWithin(envelope.data, MAX_LEVELS);
  const data = usable ? envelope.data : undefined;
  const own = { text, data, field: envelope.field };
  const suffices = SUFFICES[dialect.reasoningReplay](data, envelope.field);
  return suffices && (!isBlank(text) || takesData(own, dialect)) ? own : undefined;
}

/** Whether the server accepts the data. Reasoning without text is only sent back for its data. */
function takesData({ data, field }: OwnReasoning, { reasoningReplay }: Dialect): boolean {
  return data !== undefined && (field === reasoningReplay || reasoningReplay === 'extra_content');
}

/** Whether the reasoning can be sent back. Servers that accept the text do not need the data. */
const SUFFICES: Record<Dialect['reasoningReplay'], (data: unknown, field: ReasoningField) => boolean> = {
  none: () => false,
  reasoning_content: () => true,
  reasoning: () => true,
  reasoning_details: () => true,
  thinking_blocks: (data, field) => field === 'thinking_blocks' && Array.isArray(data),
  extra_content: (data) => objectOf(data) !== undefined,
};
