import { jest } from '@jest/globals';
import { modelIdOf } from '../../test/support/model-id.js';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { exchangeRecord } from '../../test/support/exchange-record.js';
import { targetOf, upstreamOf } from '../../test/support/upstream-target.js';
import { BedrockException, ValidationException } from '../bedrock/bedrock.exception.js';
import { Settings } from '../config/settings.js';
import { Limiter } from '../limits/limiter.js';
import { RequestCounter } from '../limits/request-counter.js';
import type { OperationReport } from '../observability/operation-report.js';
import { UpstreamError } from '../openai/upstream.error.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { TargetHealthRegistry } from '../routing/target-health-registry.js';
import { BudgetShare, ByteBudget } from '../streaming/byte-budget.js';
import { Cancellation } from '../streaming/cancellation.js';
import type { DocumentReader } from '../documents/document-reader.js';
import { RequestDocuments } from './documents/request-documents.js';
import { TargetFailover, type Attempt as GenericAttempt } from './target-failover.js';

type Attempt = GenericAttempt<{ model: string }>;

const target = (name: string, limits = {}): UpstreamTarget =>
  targetOf('generic', { upstream: upstreamOf({ name, limits }), model: `model of ${name}` });
const first = target('first');
const second = target('second');
const third = target('third');

/** No request here has documents. */
const UNREAD = { read: () => Promise.reject(new Error('no document')) } as unknown as DocumentReader;

const broken = new UpstreamError('reset', 'No');
const waiting = new Cancellation();

interface Run {
  answer: Promise<unknown>;
  report: OperationReport;
  called: string[];
}

/** Runs an operation whose `prepare` refuses the upstreams of `unmappable`, and whose call is `call`. */
function run(
  targets: UpstreamTarget[],
  call: (attempt: Attempt) => Promise<unknown>,
  { unmappable = '', routeTimeoutMs = 10_000 } = {},
): Run {
  const limiter = new Limiter(new RequestCounter(new RateLimiterMemory({ points: 1_000, duration: 60 })));
  const settings = Object.assign(new Settings(), { routeTimeoutMs });
  const documents = new RequestDocuments(UNREAD);
  const failover = new TargetFailover(new TargetHealthRegistry(), limiter, settings, documents);
  const called: string[] = [];
  const rule = { match: '*', route: [], defaults: {}, extraBody: {} };
  const context = {
    route: { modelId: modelIdOf('m'), rule, targets },
    cancellation: waiting,
    answerShare: new BudgetShare(new ByteBudget(Infinity, () => new Error('no room'))),
    exchange: exchangeRecord(),
  };
  const result = failover.run(context, {
    genAiOperation: 'chat',
    prepare: ({ upstream, model }) => {
      if (unmappable.includes(upstream.name)) throw new ValidationException(`not for ${upstream.name}`);
      return { params: { model }, ignored: [`ignored by ${upstream.name}`] };
    },
    call: (attempt: Attempt) => {
      called.push(attempt.target.upstream.name);
      return call(attempt);
    },
  });
  return { ...result, called };
}

const callsOf = ({ attempts: calls }: OperationReport): string[] =>
  calls.map(({ upstream, model, outcome = 'pending' }) => `${upstream.name} ${model} ${outcome}`);

const failsAt = (...names: string[]) => {
  return ({ target, params }: Attempt) =>
    names.includes(target.upstream.name) ? Promise.reject(broken) : Promise.resolve(params.model);
};

const exceptionOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'an answer',
    (error: BedrockException) => `${error.name}: ${error.message}`,
  );

describe('TargetFailover', () => {
  it('reports every attempt, and what the last target ignored', async () => {
    const { answer, report } = run([first, second, third], failsAt('first'));
    await expect(answer).resolves.toBe('model of second');
    expect(report.ignored).toEqual(['ignored by second']);
    expect(callsOf(report)).toEqual(['first model of first reset', 'second model of second success']);
  });

  it('updates the report while an attempt is under way', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { answer, report } = run([first, second], () => promise);
    await Promise.resolve();
    expect(callsOf(report)).toEqual(['first model of first pending']);
    resolve('late');
    await answer;
  });

  it('refuses a request that cannot be prepared for the first target', async () => {
    const { answer, called, report } = run([first, second], failsAt(), { unmappable: 'first' });
    expect(await exceptionOf(answer)).toBe('ValidationException: not for first');
    expect(called).toEqual([]);
    expect(report).toEqual({ ignored: [], attempts: [] });
  });

  it('skips a later target for which the request cannot be prepared', async () => {
    const passed = run([first, second, third], failsAt('first'), { unmappable: 'second' });
    await expect(passed.answer).resolves.toBe('model of third');
    const failed = run([first, second], failsAt('first'), { unmappable: 'second' });
    expect(await exceptionOf(failed.answer)).toMatch(/^InternalServerException: .* broke the connection\.$/);
  });

  it('rethrows an error that is not a failure of the upstream', async () => {
    const bug = new TypeError('a bug');
    const { answer, called } = run([first, second], () => Promise.reject(bug));
    await expect(answer).rejects.toBe(bug);
    expect(called).toEqual(['first']);
  });

  it('calls no further target when the client has left', async () => {
    const left = new UpstreamError('aborted', 'the client left');
    const { answer, called } = run([first, second], () => Promise.reject(left));
    await expect(answer).rejects.toBeInstanceOf(BedrockException);
    expect(called).toEqual(['first']);
  });

  it('gives each attempt the remaining time', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const terms: (number | undefined)[] = [];
    const { answer } = run([first, second], (attempt) => {
      terms.push(attempt.options.timeoutMs);
      now.mockReturnValue(4_000);
      return failsAt('first')(attempt);
    });
    await answer;
    now.mockRestore();
    expect(terms).toEqual([10_000, 6_000]);
  });

  it('holds the permit of the upstream until the call ends', async () => {
    const limited = target('limited', { concurrent: 1 });
    const ends: (() => void)[] = [];
    const { answer, called } = run([limited, second], ({ options }) => {
      if (options.onEnd !== undefined) ends.push(options.onEnd);
      return Promise.resolve('begun');
    });
    await answer;
    expect([called, ends.length]).toEqual([['limited'], 1]);
  });
});
