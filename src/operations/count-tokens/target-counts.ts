import { Injectable } from '@nestjs/common';
import { isCountingDialect } from '../../config/token-counting.js';
import { isLimited, Limiter } from '../../limits/limiter.js';
import { PATIENT_QUEUE } from '../../limits/concurrency.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { Endpoint } from '../../openai/endpoint.js';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import { MissingEndpointError, type TokenCounter } from '../../openai/token-count/counting-server.js';
import type { TokenCount } from '../../openai/token-count/token-count.js';
import { TOKEN_COUNTERS } from '../../openai/token-count/token-counters.js';
import { estimateTokens } from '../../openai/token-count/token-estimate.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { statedCause } from '../../translation/upstream-cause.js';
import type { Attempt } from '../target-failover.js';
import { MissingEndpoints } from './missing-endpoints.js';
import { countByProbe } from './probe.js';

/** Counts that one upstream makes at the same time. Clients ask for some thirty at once, so the others wait. */
const CONCURRENT_COUNTS = { concurrent: 8 };

/** The statuses of a server that does not have an endpoint. */
const MISSING: ReadonlySet<number | undefined> = new Set([404, 405, 501]);

/** Has the tokens of a request counted by its target. */
@Injectable()
export class TargetCounts {
  readonly #missing = new MissingEndpoints();

  constructor(
    private readonly gateway: OpenAIGateway,
    private readonly limiter: Limiter,
  ) {}

  /** Whether the target is asked to count; otherwise the request is estimated or refused. */
  canAsk(target: UpstreamTarget): boolean {
    const { upstream } = target;
    if (upstream.countTokens === 'probe') return true;
    const counter = counterOf(target);
    if (counter === undefined) return false;
    if (upstream.countTokens === 'server') return true;
    return upstream.countTokens === 'auto' && !this.#missing.has(upstream, counter.lastResort);
  }

  /**
   * A count of the server generates nothing, so it has a limit of its own, apart from that of the upstream. A probe is a
   * call like any other.
   * @throws LimitExceededError
   */
  async acquirePermit({ upstream }: UpstreamTarget): Promise<() => void> {
    const { name, limits, countTokens } = upstream;
    const release = await this.limiter.acquire(`counts:${name}`, CONCURRENT_COUNTS, PATIENT_QUEUE);
    if (countTokens !== 'probe' || !isLimited(limits)) return release;
    try {
      const releaseCall = await this.limiter.acquire(`upstream:${name}`, limits, PATIENT_QUEUE);
      return () => {
        releaseCall();
        release();
      };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** @throws UpstreamError */
  async ask(attempt: Attempt<ChatCompletionParams>): Promise<TokenCount> {
    const { onEnd, ...options } = attempt.options; // a count may take several calls
    try {
      return await this.#count({ ...attempt, options });
    } finally {
      onEnd?.();
    }
  }

  async #count(attempt: Attempt<ChatCompletionParams>): Promise<TokenCount> {
    const { target, params, options } = attempt;
    const { countTokens } = target.upstream;
    const counter = counterOf(target);
    if (countTokens === 'probe' || counter === undefined) {
      return countByProbe(params, target, (probed) => this.gateway.complete(target, probed, options));
    }
    try {
      return await counter.count(params, { post: (...request) => this.#post(attempt, ...request) });
    } catch (error) {
      if (!(error instanceof MissingEndpointError)) throw error;
      if (countTokens === 'server') throw error.cause;
      return { tokens: estimateTokens(params), isExact: false, source: 'characters' };
    }
  }

  async #post(
    { target, options }: Attempt<ChatCompletionParams>,
    endpoint: Endpoint,
    body: string | Buffer,
  ): Promise<Readonly<Record<string, unknown>>> {
    const { upstream } = target;
    const isOptional = counterOf(target)?.preferred === endpoint;
    if (isOptional && this.#missing.has(upstream, endpoint)) throw new MissingEndpointError(endpoint);
    try {
      return await this.gateway.post(target, endpoint, body, options);
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#missing.add(upstream, endpoint);
      throw new MissingEndpointError(endpoint, error);
    }
  }
}

/** The counter of the target's kind of server; undefined for one that has no endpoint to count. */
export function counterOf({ dialect }: UpstreamTarget): TokenCounter | undefined {
  return isCountingDialect(dialect.name) ? TOKEN_COUNTERS[dialect.name] : undefined;
}

/** A 404 can also mean that the server does not have the model. */
function isMissing(error: unknown): boolean {
  return error instanceof UpstreamError && MISSING.has(error.status) && statedCause(error) !== 'unknownModel';
}
