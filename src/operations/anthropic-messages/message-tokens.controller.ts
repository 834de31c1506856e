import type { IncomingMessage } from 'node:http';
import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { AcceptsApiKey } from '../../auth/api-key.decorator.js';
import { CurrentClient } from '../../auth/current-client.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { Client } from '../../config/configuration.js';
import type { JsonReply } from '../../server/reply.js';
import { CountAdmissionGuard } from '../count-tokens/count-admission.guard.js';
import { JsonBody } from '../json-body.decorator.js';
import { ModelAdmission } from '../model-admission.js';
import { CurrentRequest } from '../operation-context.js';
import { resultToReply } from '../operation-reply.js';
import { MESSAGES_PATHS } from './messages-paths.js';
import { MessagesService } from './messages.service.js';

/** https://platform.claude.com/docs/en/api/messages-count-tokens */
@Controller(MESSAGES_PATHS)
@AcceptsApiKey()
@UseGuards(CountAdmissionGuard)
export class MessageTokensController {
  constructor(
    private readonly messagesService: MessagesService,
    private readonly admission: ModelAdmission,
  ) {}

  @Post('count_tokens')
  @HttpCode(200)
  async countMessageTokens(
    @CurrentRequest() message: IncomingMessage,
    @CurrentClient() client: Client,
    @JsonBody() body: JsonObject,
  ): Promise<JsonReply> {
    const context = this.admission.admitNamed(message, client, body);
    const { model: _, ...request } = body;
    return resultToReply(await this.messagesService.count(request, context), context.exchange);
  }
}
