import { Injectable } from '@nestjs/common';
import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { TranslationOptions } from '../translation.options.js';
import { addAdditionalFields } from './additional-fields.js';
import { ToolCallIds } from './content/tool-call-ids.js';
import { IgnoredMembers } from './ignored-members.js';
import { inferenceConfigToParams } from './inference-config.js';
import { messagesToChatMessages } from './messages.js';
import { addMissingReasoning } from './required-reasoning.js';
import { Provenance, recordConverseParams } from './provenance.js';
import { textFormatToParams } from './output-config.js';
import type { ReadDocuments } from './read-documents.js';
import type { RequestContext } from './request-context.js';
import { invalid } from './refuse.js';
import { metadataToParams } from './request-metadata.js';
import { reportLatency, serviceTierToParams } from './service-tier.js';
import { addTargetFields } from './target-fields.js';
import { toolConfigToParams } from './tools.js';
import { isJsonPointer } from '../json-value.js';
import type { Origin } from '../origins.js';

export interface MappedRequest {
  /** Without `stream`, which the gateway sets. */
  readonly params: ChatCompletionParams;
  /** JSON paths of members that were not translated: `messages.0.content.1.cachePoint`. */
  readonly ignored: readonly string[];
  /** Tells where the params come from, by mapping once more. Undefined unless the inspector is on. */
  readonly origins?: () => readonly Origin[];
}

/** Members without an equivalent at any upstream. */
const WITHOUT_EQUIVALENT = [
  'guardrailConfig',
  'promptVariables',
] as const satisfies (keyof ConverseRequestDto)[];

@Injectable()
export class RequestMapper {
  constructor(private readonly options: TranslationOptions) {}

  /**
   * A Converse request → chat completion params for one target, and the list of ignored members.
   * @param documents what documents become that the target does not take as they are
   * @throws ValidationException for content that cannot be translated without changing its meaning. It names the path.
   * @throws UnreadDocument for a document that has to be read first
   */
  map(request: ConverseRequestDto, target: UpstreamTarget, documents?: ReadDocuments): MappedRequest {
    const context = this.contextFor(target, documents);
    const { ignored } = context;
    const params = requestToParams(request, context);
    for (const path of unknownMembers(ConverseRequestDto, request)) ignored.hint(path);
    if (!this.options.recordsProvenance) return { params, ignored: ignored.list() };
    return { params, ignored: ignored.list(), origins: () => this.origins(request, target, documents) };
  }

  private origins(
    request: ConverseRequestDto,
    target: UpstreamTarget,
    documents: ReadDocuments | undefined,
  ): readonly Origin[] {
    const provenance = new Provenance();
    return provenance.list(requestToParams(request, this.contextFor(target, documents, provenance)));
  }

  private contextFor(
    target: UpstreamTarget,
    documents: ReadDocuments | undefined,
    provenance?: Provenance,
  ): RequestContext {
    const { unsupportedParameters, digest } = this.options;
    const { dialect } = target;
    return {
      target,
      dialect,
      ignored: new IgnoredMembers(unsupportedParameters),
      toolCallIds: new ToolCallIds(dialect.toolCallId, digest),
      toolNames: new Map(),
      provenance,
      documents,
    };
  }
}

function requestToParams(request: ConverseRequestDto, context: RequestContext): ChatCompletionParams {
  const { inferenceConfig, outputConfig, performanceConfig, requestMetadata, serviceTier } = request;
  checkResponseFieldPaths(request.additionalModelResponseFieldPaths ?? []);
  const params: ChatCompletionParams = {
    model: context.target.model,
    messages: messagesToChatMessages(request, context),
    ...(inferenceConfig != null && inferenceConfigToParams(inferenceConfig, context)),
    ...toolConfigToParams(request, context),
    ...(outputConfig?.textFormat != null && textFormatToParams(outputConfig.textFormat, context)),
    ...((serviceTier != null || context.target.serviceTier !== undefined) &&
      serviceTierToParams(request, context)),
    ...(requestMetadata != null && metadataToParams(requestMetadata, 'requestMetadata', context)),
  };
  if (performanceConfig != null) reportLatency(performanceConfig, context);
  if (context.provenance !== undefined) recordConverseParams(context.provenance, params, context.target);
  addAdditionalFields(request, params, context);
  addTargetFields(params, context.target, context.provenance);
  addMissingReasoning(params, context.dialect, context.provenance);
  for (const member of WITHOUT_EQUIVALENT) {
    // an empty member requests nothing, so it is not reported
    if (Object.keys(request[member] ?? {}).length > 0) context.ignored.parameter(member);
  }
  return params;
}

/** @throws ValidationException naming the first path that is not a JSON Pointer (RFC 6901) */
function checkResponseFieldPaths(paths: readonly string[]): void {
  const index = paths.findIndex((path) => !isJsonPointer(path));
  if (index === -1) return;
  throw invalid(`additionalModelResponseFieldPaths.${index}`, 'provide a JSON Pointer such as /usage.');
}
