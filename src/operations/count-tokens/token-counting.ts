import { Injectable } from '@nestjs/common';
import { BedrockException, ValidationException } from '../../bedrock/bedrock.exception.js';
import type { CountTokensResponse } from '../../bedrock/count-tokens/count-tokens-response.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import { CHAT_COMPLETIONS } from '../../openai/endpoint.js';
import { describeTokenCount, type TokenCount } from '../../openai/token-count/token-count.js';
import { estimateTokens } from '../../openai/token-count/token-estimate.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { RequestDocuments } from '../documents/request-documents.js';
import { isRefusal } from '../failover-errors.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import type { Preparation } from '../prepared-request.js';
import { TargetFailover } from '../target-failover.js';
import { toCountException } from './count-exception.js';
import { counterOf, TargetCounts } from './target-counts.js';

/** The chat completion that a request would become at a target. */
export type CountedChat = Preparation<ChatCompletionParams>;

const NO_COUNTING = "The provided model doesn't support counting tokens.";

/** Counts the input tokens of the request that would be sent to the first target of a route that answers. */
@Injectable()
export class TokenCounting {
  constructor(
    private readonly targetCounts: TargetCounts,
    private readonly failover: TargetFailover,
    private readonly documents: RequestDocuments,
  ) {}

  /**
   * Asks the targets that can count in order of preference, up to the first whose requests are estimated. That estimate is
   * the answer when none of them has counted.
   * @throws BedrockException of the names that CountTokens can raise
   */
  async count(chat: CountedChat, context: OperationContext): Promise<OperationResult<CountTokensResponse>> {
    const { targets } = context.route;
    const firstUnasked = targets.findIndex((target) => !this.targetCounts.canAsk(target));
    const asked = firstUnasked === -1 ? targets : targets.slice(0, firstUnasked);
    const unasked = targets[asked.length];
    if (asked.length === 0) return this.estimate(chat, unasked, context);
    try {
      return await this.ask(chat, { ...context, route: { ...context.route, targets: asked } });
    } catch (error) {
      if (unasked === undefined || isFinal(error, context)) throw toCountException(error);
      return this.estimate(chat, unasked, context);
    }
  }

  private async ask(
    { prepare, request }: CountedChat,
    context: OperationContext,
  ): Promise<OperationResult<CountTokensResponse>> {
    const { answer, report } = this.failover.run(context, {
      genAiOperation: 'count_tokens',
      request,
      prepare,
      endpointOf: (target) => counterOf(target)?.lastResort ?? CHAT_COMPLETIONS,
      acquirePermit: (target) => this.targetCounts.acquirePermit(target),
      call: (attempt) => this.targetCounts.ask(attempt),
    });
    const count = await answer;
    return toResult(count, report, context);
  }

  private async estimate(
    chat: CountedChat,
    target: UpstreamTarget | undefined,
    context: OperationContext,
  ): Promise<OperationResult<CountTokensResponse>> {
    if (target === undefined) throw new Error('The route has no target');
    if (target.upstream.countTokens === 'refuse') throw new ValidationException(NO_COUNTING);
    const { params, ignored } = await this.documents.prepare(chat, target);
    const report = { ignored, attempts: [...(context.exchange.report?.attempts ?? [])] };
    context.exchange.setRequest(report, { genAiOperation: 'count_tokens' });
    const tokens = estimateTokens(params);
    return toResult({ tokens, isExact: false, source: 'characters' }, report, context);
  }
}

/** Another target would refuse the request too, or nobody waits for the count. */
function isFinal(error: unknown, { cancellation }: OperationContext): boolean {
  return cancellation.isCancelled || !(error instanceof BedrockException) || isRefusal(error);
}

/**
 * The count of a body that is no chat.
 * @throws ValidationException when the first target refuses to count
 */
export function estimatedResult(
  tokens: number,
  context: OperationContext,
): OperationResult<CountTokensResponse> {
  if (context.route.targets[0]?.upstream.countTokens === 'refuse') throw new ValidationException(NO_COUNTING);
  const report = { ignored: [], attempts: [] };
  context.exchange.setRequest(report, { genAiOperation: 'count_tokens' });
  return toResult({ tokens, isExact: false, source: 'characters' }, report, context);
}

/** Says in a header how the count came about, because clients drop further members of the body. */
function toResult(
  count: TokenCount,
  report: OperationResult<unknown>['report'],
  { exchange }: OperationContext,
): OperationResult<CountTokensResponse> {
  const description = describeTokenCount(count);
  exchange.recordTokenCount(description);
  const headers = { 'x-proxy-token-count': description };
  return { answer: { inputTokens: count.tokens }, report, headers };
}
