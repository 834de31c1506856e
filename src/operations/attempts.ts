import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import { Settings } from '../config/settings.js';
import { isLimited, Limiter } from '../limits/limiter.js';
import { OverLimitError } from '../limits/over-limit.error.js';
import type { Exchange } from '../observability/exchange.js';
import { UpstreamCallRecord } from '../observability/upstream-call-record.js';
import type { ChatCompletionParams } from '../openai/chat-completion.js';
import { errorWithoutKey } from '../openai/error-without-key.js';
import { markRefusal } from '../openai/request-refusal.js';
import type { CallTerms } from '../openai/upstream-call.js';
import { UpstreamError } from '../openai/upstream.error.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { TargetHealths } from '../routing/target-healths.js';
import { RequestMapper } from '../translation/request/request.mapper.js';
import { AttemptFailures } from './attempt-failures.js';
import { errorToCallFailure } from './call-failure.js';
import type { Outcome, Report } from './outcome.js';
import type { Passage } from './passage.js';

/** One call to make. */
export interface Attempt {
  readonly target: UpstreamTarget;
  readonly params: ChatCompletionParams;
  readonly terms: CallTerms;
}

/** Makes the call; rejects with an UpstreamError. */
type Ask<Answer> = (attempt: Attempt) => Promise<Answer>;

/** A request on its way. */
export interface Journey extends Passage {
  readonly request: ConverseRequestDto;
}

interface JourneyUnderWay extends Journey {
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
  begin<Answer>(journey: Journey, ask: Ask<Answer>): Outcome<Promise<Answer>> {
    const report: Report = { ignored: [], calls: [] };
    journey.exchange.depart(report, journey.request.inferenceConfig);
    const deadlineMs = performance.now() + this.settings.routeTimeoutMs;
    return { answer: this.firstAnswer({ ...journey, deadlineMs, report }, ask), report };
  }

  private async firstAnswer<Answer>(journey: JourneyUnderWay, ask: Ask<Answer>): Promise<Answer> {
    const { route, deadlineMs } = journey;
    const failures = new AttemptFailures(route.modelId.text);
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

  private async attempt<Answer>(
    target: UpstreamTarget,
    journey: JourneyUnderWay,
    ask: Ask<Answer>,
  ): Promise<Answer> {
    const { request, deadlineMs, report, exchange } = journey;
    const { params, ignored } = this.requestMapper.map(request, target);
    const onEnd = isLimited(target.upstream.limits) ? await this.enter(target, exchange) : undefined;
    try {
      return await this.healths.of(target).watch(() => {
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
      return await this.limiter.admit(`upstream:${name}`, limits);
    } catch (error) {
      if (error instanceof OverLimitError) exchange.meetLimit('upstream');
      throw error;
    }
  }
}

/** Makes a call, and writes down how it ends. */
async function call<Answer>(
  { exchange, report, route, clientGone: signal, answerShare: share }: JourneyUnderWay,
  target: UpstreamTarget,
  ask: (terms: CallTerms) => Promise<Answer>,
): Promise<Answer> {
  const record = new UpstreamCallRecord(target.upstream, target.model);
  report.calls.push(record);
  const transcript = exchange.content === undefined ? undefined : record.transcribe();
  try {
    const answer = await ask({ signal, share, headers: exchange.headersOf(record), transcript });
    record.succeed();
    return answer;
  } catch (thrown) {
    const error = markRefusal(errorWithoutKey(thrown, target.upstream), target.dialect.name);
    record.fail(errorToCallFailure(error, route.modelId.text, target.upstream));
    // of a refusal nothing else is kept
    if (transcript?.answer === '' && error instanceof UpstreamError) transcript.received(error.message);
    // what another target says needs its room
    share.releaseAll();
    throw error;
  }
}
