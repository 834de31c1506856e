import { Injectable } from '@nestjs/common';
import type { PerformanceConfigurationDto } from '../../bedrock/converse/performance-config.dto.js';
import type { ChatCompletionParams, ChatMessage } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { forbiddenPath } from '../request/forbidden-fields.js';
import { IgnoredMembers } from '../request/ignored-members.js';
import { type AdditionalField, shortened } from '../request/params-draft.js';
import type { Origin } from '../origins.js';
import { Provenance } from '../request/provenance.js';
import { lowerReasoningBudget } from '../request/output-limit.js';
import { unsupported } from '../request/refuse.js';
import type { RequestContext } from '../request/request-context.js';
import type { MappedRequest } from '../request/request.mapper.js';
import { addMissingReasoning } from '../request/required-reasoning.js';
import { reportLatency, serviceTierToParams } from '../request/service-tier.js';
import { addTargetFields } from '../request/target-fields.js';
import { TranslationOptions } from '../translation.options.js';
import { ADAPTED_FIELDS, OWN_FIELDS } from './adapted-fields.js';
import type { ChatRequest } from './chat-request.js';
import { checkMediaUrls } from './media-urls.js';
import { adaptToolChoice } from './chat-tool-choice.js';

/** Bedrock's own members of a native body, such as `amazon-bedrock-guardrailConfig`. */
const BEDROCK_MEMBER = 'amazon-bedrock-';

/** A chat completion request of a client → the request for one target. */
@Injectable()
export class ChatRequestMapper {
  constructor(private readonly options: TranslationOptions) {}

  /**
   * Members keep their values, except those that the target's server does not take as they are: the model, the token
   * limit, tool choices, and parameters that it has not.
   * @param performanceConfig the latency that a header asks for
   * @throws ValidationException for a member that clients may not set. It names the path.
   */
  map(
    request: ChatRequest,
    target: UpstreamTarget,
    performanceConfig?: PerformanceConfigurationDto,
  ): MappedRequest {
    const mapped = this.mapRecorded(request, target, performanceConfig);
    if (!this.options.recordsProvenance) return mapped;
    return { ...mapped, origins: () => this.origins(request, target) };
  }

  private origins(request: ChatRequest, target: UpstreamTarget): readonly Origin[] {
    const provenance = new Provenance();
    return provenance.list(this.mapRecorded(request, target, undefined, provenance).params);
  }

  private mapRecorded(
    request: ChatRequest,
    target: UpstreamTarget,
    performanceConfig?: PerformanceConfigurationDto,
    provenance?: Provenance,
  ): MappedRequest {
    const ignored = new IgnoredMembers(this.options.unsupportedParameters);
    const { dialect } = target;
    const params: ChatCompletionParams = { model: target.model, messages: messagesFor(request, target) };
    for (const field of fieldsOf(request)) {
      const adapt = ADAPTED_FIELDS.get(field.name);
      if (adapt === undefined) params[field.name] = field.value;
      else adapt(field, params, { target, dialect, ignored });
      if (provenance !== undefined) recordField(field, params, provenance);
    }
    if (target.serviceTier !== undefined) Object.assign(params, serviceTierToParams({}, { target, ignored }));
    if (performanceConfig !== undefined) reportLatency(performanceConfig, { target, ignored });
    lowerReasoningBudgets(request, params, { target, ignored });
    adaptToolChoice(params, { dialect, ignored });
    provenance?.param('messages', 'messages', true);
    addTargetFields(params, target, provenance);
    addMissingReasoning(params, dialect, provenance);
    return { params, ignored: ignored.list() };
  }
}

/** Only one of the names of the token limit is set. */
function lowerReasoningBudgets(
  { max_tokens, max_completion_tokens }: ChatRequest,
  params: ChatCompletionParams,
  context: Pick<RequestContext, 'target' | 'ignored'>,
): void {
  const maxTokens = max_tokens ?? max_completion_tokens;
  lowerReasoningBudget(params, 'thinking', { path: 'thinking', maxTokens }, context);
  lowerReasoningBudget(params, 'reasoning', { path: 'reasoning', maxTokens }, context);
}

/** The params that a field has become: its own name, or those that are new. */
function recordField(
  { name, path }: AdditionalField,
  params: ChatCompletionParams,
  provenance: Provenance,
): void {
  for (const param of Object.keys(params)) {
    if (param === name || !provenance.has(param)) provenance.param(param, path, true);
  }
}

/**
 * DeepSeek's messages may get a placeholder for lost reasoning, and another target must not see it.
 * @throws ValidationException for addresses that the server is not to load
 */
function messagesFor({ messages }: ChatRequest, target: UpstreamTarget): ChatMessage[] {
  checkMediaUrls(messages, target);
  const isChanged = target.dialect.reasoningReplay === 'reasoning_content';
  // the server checks what else a message holds
  return (isChanged ? messages.map((message) => ({ ...message })) : messages) as ChatMessage[];
}

/**
 * The members beside the messages. A null member asks for nothing.
 * @throws ValidationException
 */
function fieldsOf(request: ChatRequest): AdditionalField[] {
  return Object.entries(request)
    .filter(([name, value]) => name !== 'messages' && value !== null)
    .map(([name, value]) => checked({ name, path: shortened(name), value }));
}

function checked(field: AdditionalField): AdditionalField {
  if (OWN_FIELDS.has(field.name) || field.name.startsWith(BEDROCK_MEMBER)) return field;
  const forbidden = forbiddenPath(field);
  if (forbidden !== undefined) throw unsupported(forbidden, 'this field is not open to clients.');
  return field;
}
