import type { IncomingMessage } from 'node:http';
import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { CurrentClient } from '../../auth/current-client.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { Client } from '../../config/configuration.js';
import { Settings } from '../../config/settings.js';
import type { EventStreamReply, JsonReply } from '../../server/reply.js';
import { AdmissionGuard } from '../admission.guard.js';
import { streamToReply } from '../event-stream/stream-reply.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { JsonBody } from '../json-body.decorator.js';
import { ModelAdmission } from '../model-admission.js';
import { CurrentRequest } from '../operation-context.js';
import { resultToReply } from '../operation-reply.js';
import { ChatCompletionRequestDto } from './chat-completion-request.dto.js';
import { ChatCompletionsService } from './chat-completions.service.js';
import { OPENAI_EVENTS } from './chat-event-formats.js';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html */
@Controller('openai/v1/chat/completions')
@UseGuards(AdmissionGuard)
export class ChatCompletionsController {
  constructor(
    private readonly chatCompletions: ChatCompletionsService,
    private readonly admission: ModelAdmission,
    private readonly settings: Settings,
    private readonly guards: ConverseGuards,
  ) {}

  @Post()
  @HttpCode(200)
  async createChatCompletion(
    @CurrentRequest() message: IncomingMessage,
    @CurrentClient() client: Client,
    @JsonBody() body: unknown,
  ): Promise<JsonReply | EventStreamReply> {
    const context = this.admission.admitNamed(message, client, body);
    this.guards.refuse(message.headers);
    const request = validated(ChatCompletionRequestDto, body);
    if (request.stream !== true) {
      return resultToReply(await this.chatCompletions.chat({ request }, context), context.exchange);
    }
    const usage = request.stream_options?.include_usage === true ? 'own-chunk' : 'none';
    const result = this.chatCompletions.chatStream({ request }, context, { usage });
    return streamToReply({ ...result, format: OPENAI_EVENTS }, context.exchange, this.settings);
  }
}
