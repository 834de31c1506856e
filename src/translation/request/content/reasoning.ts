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

/** Reasoning that goes back where it came from; `data` is what that server sent beside the text. */
export interface OwnReasoning {
  readonly text: string;
  readonly data: unknown;
  readonly field: ReasoningField;
}

/**
 * `reasoningContent` → what this upstream gave for it, when it wants it back. Clients replay mixed histories, so
 * the reasoning of others is left out and never an error.
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
  // what one model signed, another one may refuse
  const usable = envelope.model === target.model && nestsWithin(envelope.data, MAX_LEVELS);
  const data = usable ? envelope.data : undefined;
  const own = { text, data, field: envelope.field };
  const suffices = SUFFICES[dialect.reasoningReplay](data, envelope.field);
  return suffices && (!isBlank(text) || takesData(own, dialect)) ? own : undefined;
}

/** Whether the server wants the data; without a text there is nothing else to give back. */
function takesData({ data, field }: OwnReasoning, { reasoningReplay }: Dialect): boolean {
  return data !== undefined && (field === reasoningReplay || reasoningReplay === 'extra_content');
}

/** Whether the reasoning can be given back: servers that take its text do without the data. */
const SUFFICES: Record<Dialect['reasoningReplay'], (data: unknown, field: ReasoningField) => boolean> = {
  none: () => false,
  reasoning_content: () => true,
  reasoning: () => true,
  reasoning_details: () => true,
  thinking_blocks: (data, field) => field === 'thinking_blocks' && Array.isArray(data),
  extra_content: (data) => objectOf(data) !== undefined,
};
