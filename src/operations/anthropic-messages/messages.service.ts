import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { Settings } from '../../config/settings.js';
import { MESSAGES_FORMAT } from '../../formats/format-registry.js';
import { CountTokensService } from '../count-tokens/count-tokens.service.js';
import { reduceToCount } from '../count-tokens/reduce-to-count.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { readGuardedBody } from '../invoke-model/guardrail-headers.js';
import { HubHandler } from '../invoke-model/hub-handler.js';
import { inNativePaths } from '../invoke-model/in-native-paths.js';
import type { InvokeRequest } from '../invoke-model/invoke-handler.js';
import type { InvokeHeaders } from '../invoke-model/invoke-headers.js';
import { assertEquivalents } from '../invoke-model/unsupported-members.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { messagesEventFormat } from './messages-event-format.js';

/** Other headers of InvokeModel than those of a guardrail have no meaning for Anthropic's API. */
const NO_HEADERS: InvokeHeaders = { members: {}, ignored: [], nativePath: () => undefined };

/** https://platform.claude.com/docs/en/api/messages-count-tokens */
export interface MessageTokensCount {
  readonly input_tokens: number;
}

/** Anthropic's own API: the same format as InvokeModel's for its models, under other paths and as server-sent events. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly hubHandler: HubHandler,
    private readonly countTokensService: CountTokensService,
    private readonly settings: Settings,
    private readonly guards: ConverseGuards,
  ) {}

  /**
   * @param body without `model` and `stream`
   * @throws BedrockException
   */
  async create(body: JsonObject, context: OperationContext): Promise<OperationResult<object>> {
    const result = await this.hubHandler.invoke(this.toInvokeRequest(body, context));
    return { ...result, headers: requestIdHeaders(context) };
  }

  /** As `create`, with events. */
  stream(body: JsonObject, context: OperationContext): StreamResult<object> {
    const result = this.hubHandler.stream(this.toInvokeRequest(body, context));
    return { ...result, format: messagesEventFormat(result.format), headers: requestIdHeaders(context) };
  }

  /** Counts the tokens of a body, which needs no limit of the answer. */
  async count(body: JsonObject, context: OperationContext): Promise<OperationResult<MessageTokensCount>> {
    const reduced = reduceToCount(body, MESSAGES_FORMAT);
    assertEquivalents(reduced, this.settings.unsupportedParameters);
    const { ignored, hints, nativePath } = reduced;
    const result = await inNativePaths({ reported: [...ignored, ...hints], nativePath }, context, () =>
      this.countTokensService.count(reduced.request, context),
    );
    const { inputTokens } = result.answer;
    return {
      ...result,
      answer: { input_tokens: inputTokens },
      headers: { ...result.headers, ...requestIdHeaders(context) },
    };
  }

  /** @throws ValidationException */
  private toInvokeRequest(body: JsonObject, context: OperationContext): InvokeRequest<'hub'> {
    const { headers } = context.exchange.request;
    const guarded = this.guards.areConfigured ? readGuardedBody(headers, body) : undefined;
    return {
      body,
      format: MESSAGES_FORMAT,
      headers: NO_HEADERS,
      guardrail: { isPresent: false },
      ignored: [],
      ...guarded,
      context,
    };
  }
}

/** Under Anthropic's name, which its SDKs read. */
function requestIdHeaders({ exchange }: OperationContext): Readonly<Record<string, string>> {
  return { 'request-id': exchange.requestId };
}
