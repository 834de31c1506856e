import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { isLimited, Limiter } from '../limits/limiter.js';
import { LimitExceededError } from '../limits/limit-exceeded.error.js';
import type { ModelRequest, OperationReport } from '../observability/operation-report.js';
import { AttemptRecord } from '../observability/attempt-record.js';
import type { Endpoint } from '../openai/endpoint.js';
import { errorWithoutKey } from '../openai/error-without-key.js';
import { markRefusal } from '../openai/request-refusal.js';
import type { CallOptions } from '../openai/upstream-call.js';
import { UpstreamError } from '../openai/upstream.error.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { type RequestedLevel, servedLevel, targetsForLevel } from '../routing/service-level.js';
import { TargetHealthRegistry } from '../routing/target-health-registry.js';
import { keepRequestOrigins } from './kept-origins.js';
import { errorToAttemptFailure } from './attempt-failure.js';
import { RequestDocuments } from './documents/request-documents.js';
import { FailoverErrors } from './failover-errors.js';
import type { OperationContext } from './operation-context.js';
import type { OperationResult } from './operation-result.js';
import type { Preparation } from './prepared-request.js';

/** One call of one target. */
export interface Attempt<Params> {
  readonly target: UpstreamTarget;
  readonly params: Params;
  readonly options: CallOptions;
}

/** What an operation does for one target, in two steps. */
export interface TargetOperation<Params, Answer> extends ModelRequest, Preparation<Params> {
  /** The latency and the tier that the request asks for; left out: none. */
  readonly level?: RequestedLevel | undefined;
  /** What `call` asks the target for; left out: chat completions. */
  readonly endpointOf?: ((target: UpstreamTarget) => Endpoint) | undefined;
  /**
   * For calls that generate nothing: waits for a permit of the operation's own, in place of the upstream's limits. They say
   * nothing about the health of the target. Rejects with a LimitExceededError.
   * @returns a function that gives the permit back
   */
  acquirePermit?(this: void, target: UpstreamTarget): Promise<() => void>;
  /** Calls the target and maps its answer. Rejects with an UpstreamError when the target fails. */
  call(this: void, attempt: Attempt<Params>): Promise<Answer>;
}

interface Run<Params, Answer> {
  readonly context: OperationContext;
  readonly operation: TargetOperation<Params, Answer>;
  /** On the clock of `performance`, in milliseconds. */
  readonly deadlineMs: number;
  readonly report: OperationReport;
}

/** The loop over the targets of a route. */
@Injectable()
export class TargetFailover {
  constructor(
    private readonly healths: TargetHealthRegistry,
    private readonly limiter: Limiter,
    private readonly settings: Settings,
    private readonly documents: RequestDocuments,
  ) {}

  /**
   * Calls the targets in order of preference until one answers, under one deadline for all of them. The answer rejects
   * with the BedrockException of the last target that was called.
   */
  run<Params, Answer>(
    context: OperationContext,
    operation: TargetOperation<Params, Answer>,
  ): OperationResult<Promise<Answer>> {
    const report: OperationReport = { ignored: [], attempts: [] };
    context.exchange.setRequest(report, operation);
    const deadlineMs = performance.now() + this.settings.routeTimeoutMs;
    return { answer: this.firstAnswer({ context, operation, deadlineMs, report }), report };
  }

  private async firstAnswer<Params, Answer>(run: Run<Params, Answer>): Promise<Answer> {
    const { route } = run.context;
    const { level } = run.operation;
    const targets = level === undefined ? route.targets : targetsForLevel(route, level);
    const errors = new FailoverErrors(route.modelId.text);
    for (const target of this.healths.available(targets)) {
      try {
        return await this.attempt(target, run);
      } catch (error) {
        errors.add(error);
      }
      if (performance.now() >= run.deadlineMs) break;
    }
    throw errors.exception(this.healths.retryAfterMs(targets));
  }

  private async attempt<Params, Answer>(target: UpstreamTarget, run: Run<Params, Answer>): Promise<Answer> {
    const { operation, deadlineMs, report } = run;
    const prepared = this.documents.prepare(operation, target);
    const { params, ignored, origins } = prepared instanceof Promise ? await prepared : prepared;
    const isOperationLimited = operation.acquirePermit !== undefined;
    const onEnd =
      isOperationLimited || isLimited(target.upstream.limits)
        ? await this.acquirePermit(target, run)
        : undefined;
    const call = (): Promise<Answer> => {
      report.ignored = ignored;
      const timeoutMs = Math.max(1, Math.ceil(deadlineMs - performance.now()));
      return recordAttempt(target, run, (options) => {
        if (origins !== undefined) keepRequestOrigins(run.context.exchange, origins);
        return operation.call({ target, params, options: { ...options, timeoutMs, onEnd } });
      });
    };
    try {
      return await (isOperationLimited ? call() : this.healths.of(target).run(call));
    } catch (error) {
      onEnd?.();
      throw error;
    }
  }

  /**
   * Waits for the limits of the operation, or else of the upstream; resolves to the function that gives the permit back.
   * @throws LimitExceededError
   */
  private async acquirePermit<Params, Answer>(
    target: UpstreamTarget,
    { context, operation }: Run<Params, Answer>,
  ): Promise<() => void> {
    const { name, limits } = target.upstream;
    try {
      return await (operation.acquirePermit?.(target) ?? this.limiter.acquire(`upstream:${name}`, limits));
    } catch (error) {
      if (error instanceof LimitExceededError) context.exchange.recordLimit('upstream');
      throw error;
    }
  }
}

/** Makes the call, and records how it ends. */
async function recordAttempt<Params, Answer>(
  target: UpstreamTarget,
  { context, operation, report }: Run<Params, Answer>,
  call: (options: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const { exchange, route, cancellation, answerShare: share } = context;
  const level = operation.level && servedLevel(target, operation.level);
  const record = new AttemptRecord(target.upstream, target.model, target.prices, level);
  report.attempts.push(record);
  const transcript = exchange.content === undefined ? undefined : record.transcribe();
  try {
    const answer = await call({ cancellation, share, headers: exchange.headersOf(record), transcript });
    record.succeed();
    return answer;
  } catch (thrown) {
    const error = markRefusal(errorWithoutKey(thrown, target.upstream), target.dialect.name);
    const endpoint = operation.endpointOf?.(target);
    record.fail(errorToAttemptFailure(error, route.modelId.text, target.upstream, endpoint));
    // the body of a refusal is kept nowhere else
    if (transcript?.isAnswered === false && error instanceof UpstreamError)
      transcript.received(error.message);
    // the answer of the next target needs the room
    share.releaseAll();
    throw error;
  }
}
