import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import type { GuardrailSettings } from '../../config/guardrail.js';
import { Settings } from '../../config/settings.js';
import type { ExaminedCall } from '../guardrails/converse-guard.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { inNativePaths } from '../invoke-model/in-native-paths.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { fillRequest } from '../prompts/filled-request.js';
import { recordRequestMetadata } from '../request-metadata.js';
import { RequestObjects, type UnreadRequest } from '../s3-locations/request-objects.js';

/** Asks the upstreams. The prompt is sent to the endpoint for text completions, in place of the request's messages. */
export type ConverseCall = (
  request: ConverseRequestDto,
  context: OperationContext,
  prompt?: string,
) => Promise<OperationResult<ConverseResponse>>;

type ConverseResult = ReturnType<ConverseCall>;

/**
 * The steps around a call of Converse: the prompt of the catalog is filled, content is read from S3, and a guardrail
 * examines the request and the answer. Most requests need none of them.
 */
@Injectable()
export class ConversePipeline {
  constructor(
    private readonly guards: ConverseGuards,
    private readonly objects: RequestObjects,
    private readonly settings: Settings,
  ) {}

  /**
   * All steps, for a request that may name a prompt in place of a model.
   * @throws BedrockException for whatever is wrong with the request, and as the call
   */
  runPrompted(request: ConverseRequestDto, context: OperationContext, call: ConverseCall): ConverseResult {
    const { prompt } = context.route;
    if (prompt === undefined) return this.run(request, context, call);
    const filled = fillRequest(prompt, request, context, this.settings);
    return inNativePaths(filled.paths, context, () => this.run(filled.request, context, call));
  }

  /**
   * The steps after the prompt of the catalog.
   * @throws BedrockException as `runPrompted`
   */
  run(
    request: ConverseRequestDto,
    context: OperationContext,
    call: ConverseCall,
    prompt?: string,
  ): ConverseResult {
    if (request.requestMetadata != null) recordRequestMetadata(request.requestMetadata, context);
    const unread = this.objects.unread(request, context);
    return unread === undefined
      ? this.runRead(request, prompt, context, call)
      : this.runUnread(unread, prompt, context, call);
  }

  private async runUnread(
    unread: UnreadRequest,
    prompt: string | undefined,
    context: OperationContext,
    call: ConverseCall,
  ): ConverseResult {
    const { request, paths } = await this.objects.read(unread, context);
    return inNativePaths(paths, context, () => this.runRead(request, prompt, context, call));
  }

  private runRead(
    request: ConverseRequestDto,
    prompt: string | undefined,
    context: OperationContext,
    call: ConverseCall,
  ): ConverseResult {
    const guardrail = request.guardrailConfig == null ? undefined : this.guards.find(request);
    return guardrail === undefined
      ? call(request, context, prompt)
      : this.runGuarded(guardrail, { request, prompt }, context, call);
  }

  private async runGuarded(
    guardrail: GuardrailSettings,
    { request, prompt }: ExaminedCall,
    context: OperationContext,
    call: ConverseCall,
  ): ConverseResult {
    const guard = await this.guards.open(guardrail, request, context);
    const examined = await guard.examineRequest(request, prompt);
    if (guard.isInputBlocked) {
      const report = { ignored: [], attempts: [] };
      context.exchange.setRequest(report, { genAiOperation: 'chat', parameters: request.inferenceConfig });
      const answer = guard.blockedAnswer();
      return { answer, summary: answer, report };
    }
    const result = await call(examined.request, context, examined.prompt);
    const answer = await guard.examineAnswer(result.answer);
    result.report.ignored = [...guard.ignored, ...result.report.ignored];
    return { ...result, answer, summary: answer };
  }
}
