import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import { Settings } from '../config/settings.js';
import { isLimited, Limiter } from '../limits/limiter.js';
import { LimitExceededError } from '../limits/limit-exceeded.error.js';
import type { Exchange } from '../observability/exchange.js';
import { AttemptRecord } from '../observability/attempt-record.js';
import type { ChatCompletionParams } from '../openai/chat-completion.js';
import { errorWithoutKey } from '../openai/error-without-key.js';
import { markRefusal } from '../openai/request-refusal.js';
import type { CallOptions } from '../openai/upstream-call.js';
import { UpstreamError } from '../openai/upstream.error.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { TargetHealthRegistry } from '../routing/target-health-registry.js';
import { RequestMapper } from '../translation/request/request.mapper.js';
import { FailoverErrors } from './failover-errors.js';
import { errorToAttemptFailure } from './attempt-failure.js';
import type { OperationResult, MutableOperationReport } from './operation-result.js';
import type { OperationContext } from './operation-context.js';

/** One call to make. */
export interface Attempt {
  readonly target: UpstreamTarget;
  readonly params: ChatCompletionParams;
  readonly terms: CallOptions;
}

/** Makes the call; rejects with an UpstreamError. */
type RunAttempt<Answer> = (attempt: Attempt) => Promise<Answer>;

/** A request on its way. */
export interface ConverseContext extends OperationContext {
  readonly request: ConverseRequestDto;
}

interface RunningContext extends ConverseContext {
  /** On the clock of `performance`. */
  readonly deadlineMs: number;
  readonly report: MutableOperationReport;
}

/** The one loop over the targets of a route. */
@Injectable()
export class TargetFailover {
  constructor(
    private readonly requestMapper: RequestMapper,
    private readonly healths: TargetHealthRegistry,
    private readonly limiter: Limiter,
    private readonly settings: Settings,
  ) {}

  /**
   * Asks in order of preference until somebody answers, under one deadline for all. Each target gets the request
   * in its own dialect, for its own model. The answer rejects with the BedrockException of who was asked last.
   */
  run<Answer>(journey: ConverseContext, ask: RunAttempt<Answer>): OperationResult<Promise<Answer>> {
    const report: MutableOperationReport = { ignored: [], attempts: [] };
    journey.exchange.setRequest(report, journey.request.inferenceConfig);
    const deadlineMs = performance.now() + this.settings.routeTimeoutMs;
    return { answer: this.firstAnswer({ ...journey, deadlineMs, report }, ask), report };
  }

  private async firstAnswer<Answer>(journey: RunningContext, ask: RunAttempt<Answer>): Promise<Answer> {
    const { route, deadlineMs } = journey;
    const failures = new FailoverErrors(route.modelId.text);
    for (const target of this.healths.available(route.targets)) {
      try {
        return await this.attempt(target, journey, ask);
      } catch (error) {
        failures.add(error);
      }
      if (performance.now() >= deadlineMs) break;
    }
    throw failures.exception(this.healths.retryAfterMs(route.targets));
  }

  private async attempt<Answer>(
    target: UpstreamTarget,
    journey: RunningContext,
    ask: RunAttempt<Answer>,
  ): Promise<Answer> {
    const { request, deadlineMs, report, exchange } = journey;
    const { params, ignored } = this.requestMapper.map(request, target);
    const onEnd = isLimited(target.upstream.limits) ? await this.enter(target, exchange) : undefined;
    try {
      return await this.healths.of(target).run(() => {
        report.ignored = ignored;
        const timeoutMs = Math.max(1, Math.ceil(deadlineMs - performance.now()));
        return call(journey, target, (terms) =>
          ask({ target, params, terms: { ...terms, timeoutMs, onEnd } }),
        );
      });
    } catch (error) {
      onEnd?.();
      throw error;
    }
  }

  /** @throws OverLimitError */
  private async enter(
    { upstream: { name, limits } }: UpstreamTarget,
    exchange: Exchange,
  ): Promise<() => void> {
    try {
      return await this.limiter.acquire(`upstream:${name}`, limits);
    } catch (error) {
      if (error instanceof LimitExceededError) exchange.recordLimit('upstream');
      throw error;
    }
  }
}

/** Makes a call, and writes down how it ends. */
async function call<Answer>(
  { exchange, report, route, signal, answerShare: share }: RunningContext,
  target: UpstreamTarget,
  ask: (terms: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const record = new AttemptRecord(target.upstream, target.model);
  report.attempts.push(record);
  const transcript = exchange.content === undefined ? undefined : record.transcribe();
  try {
    const answer = await ask({ signal, share, headers: exchange.headersOf(record), transcript });
    record.succeed();
    return answer;
  } catch (thrown) {
    const error = markRefusal(errorWithoutKey(thrown, target.upstream), target.dialect.name);
    record.fail(errorToAttemptFailure(error, route.modelId.text, target.upstream));
    // of a refusal nothing else is kept
    if (transcript?.answer === '' && error instanceof UpstreamError) transcript.received(error.message);
    // what another target says needs its room
    share.releaseAll();
    throw error;
  }
}
