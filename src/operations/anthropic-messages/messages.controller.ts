import type { IncomingMessage } from 'node:http';
import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { AcceptsApiKey } from '../../auth/api-key.decorator.js';
import { CurrentClient } from '../../auth/current-client.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { Client } from '../../config/configuration.js';
import { Settings } from '../../config/settings.js';
import type { EventStreamReply, JsonReply } from '../../server/reply.js';
import { AdmissionGuard } from '../admission.guard.js';
import { streamToReply } from '../event-stream/stream-reply.js';
import { JsonBody } from '../json-body.decorator.js';
import { ModelAdmission } from '../model-admission.js';
import { CurrentRequest } from '../operation-context.js';
import { resultToReply } from '../operation-reply.js';
import { MESSAGES_PATHS } from './messages-paths.js';
import { MessagesDoorDto } from './messages-door.dto.js';
import { MessagesService } from './messages.service.js';

/** https://platform.claude.com/docs/en/api/messages/create */
@Controller(MESSAGES_PATHS)
@AcceptsApiKey()
@UseGuards(AdmissionGuard)
export class MessagesController {
  constructor(
    private readonly messagesService: MessagesService,
    private readonly admission: ModelAdmission,
    private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(200)
  async createMessage(
    @CurrentRequest() message: IncomingMessage,
    @CurrentClient() client: Client,
    @JsonBody() body: JsonObject,
  ): Promise<JsonReply | EventStreamReply> {
    const context = this.admission.admitNamed(message, client, body);
    const { stream: wantsStream } = validated(MessagesDoorDto, body);
    const { model: _, stream: __, ...request } = body;
    if (wantsStream === true) {
      return streamToReply(this.messagesService.stream(request, context), context.exchange, this.settings);
    }
    return resultToReply(await this.messagesService.create(request, context), context.exchange);
  }
}
