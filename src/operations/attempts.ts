import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import { Settings } from '../config/settings.js';
import { isLimited, Limiter } from '../limits/limiter.js';
import type { ChatCompletionParams } from '../openai/chat-completion.js';
import type { CallTerms } from '../openai/upstream-call.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import type { ModelRoute } from '../routing/model-route.js';
import { TargetHealths } from '../routing/target-healths.js';
import { RequestMapper } from '../translation/request/request.mapper.js';
import { AttemptFailures } from './attempt-failures.js';
import type { Outcome, Report } from './outcome.js';

/** One call to make. */
export interface Attempt {
  readonly target: UpstreamTarget;
  readonly params: ChatCompletionParams;
  readonly terms: CallTerms;
}

/** Makes the call; rejects with an UpstreamError. */
type Ask<Answer> = (attempt: Attempt) => Promise<Answer>;

/** A request on its way. */
interface Journey {
  readonly route: ModelRoute;
  readonly request: ConverseRequestDto;
  readonly clientGone: AbortSignal;
  /** On the clock of `performance`. */
  readonly deadlineMs: number;
  readonly report: Report;
}

/** The one loop over the targets of a route. */
@Injectable()
export class Attempts {
  constructor(
    private readonly requestMapper: RequestMapper,
    private readonly healths: TargetHealths,
    private readonly limiter: Limiter,
    private readonly settings: Settings,
  ) {}

  /**
   * Asks in order of preference until somebody answers, under one deadline for all. Each target gets the request
   * in its own dialect, for its own model. The answer rejects with the BedrockException of who was asked last.
   */
  begin<Answer>(
    route: ModelRoute,
    request: ConverseRequestDto,
    clientGone: AbortSignal,
    ask: Ask<Answer>,
  ): Outcome<Promise<Answer>> {
    const report: Report = { ignored: [], attempts: 0 };
    const deadlineMs = performance.now() + this.settings.routeTimeoutMs;
    return { answer: this.firstAnswer({ route, request, clientGone, deadlineMs, report }, ask), report };
  }

  private async firstAnswer<Answer>(journey: Journey, ask: Ask<Answer>): Promise<Answer> {
    const { route, deadlineMs } = journey;
    const failures = new AttemptFailures(route.modelId);
    for (const target of this.healths.askable(route.targets)) {
      try {
        return await this.attempt(target, journey, ask);
      } catch (error) {
        failures.add(error);
      }
      if (performance.now() >= deadlineMs) break;
    }
    throw failures.exception(this.healths.shortestWaitMs(route.targets));
  }

  private async attempt<Answer>(target: UpstreamTarget, journey: Journey, ask: Ask<Answer>): Promise<Answer> {
    const { request, clientGone: signal, deadlineMs, report } = journey;
    const { params, ignored } = this.requestMapper.map(request, target);
    const { name, limits } = target.upstream;
    const onEnd = isLimited(limits) ? await this.limiter.admit(`upstream:${name}`, limits) : undefined;
    try {
      return await this.healths.of(target).watch(() => {
        Object.assign(report, {
          ignored,
          upstream: name,
          model: target.model,
          attempts: report.attempts + 1,
        });
        const timeoutMs = Math.max(1, Math.ceil(deadlineMs - performance.now()));
        return ask({ target, params, terms: { signal, timeoutMs, onEnd } });
      });
    } catch (error) {
      onEnd?.();
      throw error;
    }
  }
}
