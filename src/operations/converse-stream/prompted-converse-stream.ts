import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { Settings } from '../../config/settings.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { streamInNativePaths } from '../invoke-model/in-native-paths.js';
import type { OperationContext } from '../operation-context.js';
import { fillRequest } from '../prompts/filled-request.js';
import { ConverseStreamService } from './converse-stream.service.js';

/** ConverseStream for a request that may name a prompt in place of a model. */
@Injectable()
export class PromptedConverseStream {
  constructor(
    private readonly converseStreamService: ConverseStreamService,
    private readonly settings: Settings,
  ) {}

  /** @throws BedrockException */
  converseStream(request: ConverseRequestDto, context: OperationContext): StreamResult<ConverseStreamEvent> {
    const { prompt } = context.route;
    if (prompt === undefined) return this.converseStreamService.converseStream(request, context);
    const filled = fillRequest(prompt, request, context, this.settings);
    const result = this.converseStreamService.converseStream(filled.request, context);
    return streamInNativePaths(filled.paths, context, result);
  }
}
