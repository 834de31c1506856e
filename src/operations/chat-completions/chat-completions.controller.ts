import type { IncomingMessage } from 'node:http';
import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { CurrentClient } from '../../auth/current-client.js';
import type { Client } from '../../config/configuration.js';
import { Settings } from '../../config/settings.js';
import type { EventStreamReply, JsonReply } from '../../server/reply.js';
import { AdmissionGuard } from '../admission.guard.js';
import { streamToReply } from '../event-stream/stream-reply.js';
import { JsonBody } from '../json-body.decorator.js';
import { ModelAdmission } from '../model-admission.js';
import { CurrentRequest } from '../operation-context.js';
import { resultToReply } from '../operation-reply.js';
import { OPENAI_EVENTS } from './chat-event-formats.js';
import { GuardedChatService } from './guarded-chat.service.js';
import { CHAT_COMPLETIONS_PATHS } from './openai-paths.js';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html */
@Controller(CHAT_COMPLETIONS_PATHS)
@UseGuards(AdmissionGuard)
export class ChatCompletionsController {
  constructor(
    private readonly guardedChat: GuardedChatService,
    private readonly admission: ModelAdmission,
    private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(200)
  async createChatCompletion(
    @CurrentRequest() message: IncomingMessage,
    @CurrentClient() client: Client,
    @JsonBody() body: unknown,
  ): Promise<JsonReply | EventStreamReply> {
    const context = this.admission.admitNamed(message, client, body);
    const { call, guardrail } = this.guardedChat.read(message.headers, body);
    const { stream, stream_options: options } = call.request;
    if (stream !== true) {
      return resultToReply(await this.guardedChat.chat(call, context, guardrail), context.exchange);
    }
    const usage = options?.include_usage === true ? 'own-chunk' : 'none';
    const result = this.guardedChat.chatStream(call, context, { usage }, guardrail);
    return streamToReply({ ...result, format: OPENAI_EVENTS }, context.exchange, this.settings);
  }
}
