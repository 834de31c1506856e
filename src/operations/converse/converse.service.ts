import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import type { GuardrailSettings } from '../../config/guardrail.js';
import type { ExaminedCall } from '../guardrails/converse-guard.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { inNativePaths } from '../invoke-model/in-native-paths.js';
import type { OperationContext } from '../operation-context.js';
import { recordRequestMetadata } from '../request-metadata.js';
import type { OperationResult } from '../operation-result.js';
import { RequestObjects, type UnreadRequest } from '../s3-locations/request-objects.js';
import { ConverseCall } from './converse-call.js';

/** Converse, with the content that is in S3, and the guardrail that the request names. */
@Injectable()
export class ConverseService {
  constructor(
    private readonly call: ConverseCall,
    private readonly guards: ConverseGuards,
    private readonly objects: RequestObjects,
  ) {}

  /**
   * @param prompt is sent to the endpoint for text completions, in place of the request's messages
   * @throws BedrockException for whatever is wrong with the request or the upstreams
   */
  converse(
    request: ConverseRequestDto,
    context: OperationContext,
    prompt?: string,
  ): Promise<OperationResult<ConverseResponse>> {
    if (request.requestMetadata != null) recordRequestMetadata(request.requestMetadata, context);
    const unread = this.objects.unread(request, context);
    return unread === undefined
      ? this.converseRead(request, context, prompt)
      : this.converseUnread(unread, context, prompt);
  }

  private async converseUnread(
    unread: UnreadRequest,
    context: OperationContext,
    prompt: string | undefined,
  ): Promise<OperationResult<ConverseResponse>> {
    const { request, paths } = await this.objects.read(unread, context);
    return inNativePaths(paths, context, () => this.converseRead(request, context, prompt));
  }

  private converseRead(
    request: ConverseRequestDto,
    context: OperationContext,
    prompt: string | undefined,
  ): Promise<OperationResult<ConverseResponse>> {
    const guardrail = request.guardrailConfig == null ? undefined : this.guards.find(request);
    return guardrail === undefined
      ? this.call.converse(request, context, prompt)
      : this.converseGuarded(guardrail, { request, prompt }, context);
  }

  private async converseGuarded(
    guardrail: GuardrailSettings,
    { request, prompt }: ExaminedCall,
    context: OperationContext,
  ): Promise<OperationResult<ConverseResponse>> {
    const guard = await this.guards.open(guardrail, request, context);
    const examined = await guard.examineRequest(request, prompt);
    if (guard.isInputBlocked) {
      const report = { ignored: [], attempts: [] };
      context.exchange.setRequest(report, { genAiOperation: 'chat', parameters: request.inferenceConfig });
      const answer = guard.blockedAnswer();
      return { answer, summary: answer, report };
    }
    const result = await this.call.converse(examined.request, context, examined.prompt);
    const answer = await guard.examineAnswer(result.answer);
    result.report.ignored = [...guard.ignored, ...result.report.ignored];
    return { ...result, answer, summary: answer };
  }
}
