import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import { Settings } from '../../config/settings.js';
import { inNativePaths } from '../invoke-model/in-native-paths.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { fillRequest } from '../prompts/filled-request.js';
import { ConverseService } from './converse.service.js';

/** Converse for a request that may name a prompt in place of a model. */
@Injectable()
export class PromptedConverse {
  constructor(
    private readonly converseService: ConverseService,
    private readonly settings: Settings,
  ) {}

  /** @throws BedrockException for whatever is wrong with the request or the upstreams */
  converse(
    request: ConverseRequestDto,
    context: OperationContext,
  ): Promise<OperationResult<ConverseResponse>> {
    const { prompt } = context.route;
    if (prompt === undefined) return this.converseService.converse(request, context);
    const filled = fillRequest(prompt, request, context, this.settings);
    return inNativePaths(filled.paths, context, () => this.converseService.converse(filled.request, context));
  }
}
