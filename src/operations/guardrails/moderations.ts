import { Injectable } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import { Configurations, type Upstream } from '../../config/configuration.js';
import type { ContentFilterSettings } from '../../config/guardrail.js';
import type { GuardedContent } from '../../guardrails/guarded-content.js';
import type { Moderate, ModerationScores } from '../../guardrails/moderation.js';
import { isLimited, Limiter } from '../../limits/limiter.js';
import type { Endpoint } from '../../openai/endpoint.js';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import { unusable } from '../../openai/upstream.error.js';
import { wellFormedJson } from '../../openai/well-formed-json.js';
import { AttemptRecord } from '../../observability/attempt-record.js';
import { errorToAttemptFailure } from '../attempt-failure.js';
import type { OperationContext } from '../operation-context.js';

/** What is known of a request that is examined. */
export type ExaminedRequest = Pick<OperationContext, 'cancellation' | 'answerShare' | 'exchange'>;

/** https://platform.openai.com/docs/api-reference/moderations */
const MODERATIONS: Endpoint = '/moderations';
const UNAVAILABLE = 'Bedrock is unable to process your request. The content filter is not available.';

/** Asks upstreams for moderations. */
@Injectable()
export class Moderations {
  constructor(
    private readonly configurations: Configurations,
    private readonly gateway: OpenAIGateway,
    private readonly limiter: Limiter,
  ) {}

  /** → a function that rejects with a BedrockException `ServiceUnavailableException` when the server fails. */
  for(request: ExaminedRequest): Moderate {
    return async (content, settings) => {
      try {
        return await this.#ask(content, settings, request);
      } catch (cause) {
        throw new BedrockException('ServiceUnavailableException', UNAVAILABLE, { cause });
      }
    };
  }

  async #ask(
    content: GuardedContent,
    { moderation, model }: ContentFilterSettings,
    { cancellation, answerShare: share, exchange }: ExaminedRequest,
  ): Promise<ModerationScores> {
    const upstream = this.#upstreamNamed(moderation);
    const { name, limits } = upstream;
    const release = isLimited(limits) ? await this.limiter.acquire(`upstream:${name}`, limits) : undefined;
    const record = new AttemptRecord(upstream, model ?? '');
    record.aside = 'moderation';
    try {
      const body = wellFormedJson(JSON.stringify({ model, input: toInput(content) }));
      const options = { cancellation, share, headers: exchange.headersOf(record) };
      const { results } = await this.gateway.post({ upstream }, MODERATIONS, body, options);
      const scores = toScores(results);
      record.succeed();
      return scores;
    } catch (error) {
      record.fail(errorToAttemptFailure(error, record.model, upstream, MODERATIONS));
      throw error;
    } finally {
      release?.();
    }
  }

  #upstreamNamed(name: string): Upstream {
    const upstream = this.configurations.current.upstreams.find((candidate) => candidate.name === name);
    if (upstream === undefined) throw new Error(`The upstream ${name} was removed`);
    return upstream;
  }
}

/** A list of texts, or of parts where there are images. */
function toInput({ texts, images }: GuardedContent): unknown[] {
  if (images.length === 0) return texts.map(({ text }) => text);
  return [
    ...texts.map(({ text }) => ({ type: 'text', text })),
    ...images.map(({ mediaType, base64 }) => ({
      type: 'image_url',
      image_url: { url: `data:${mediaType};base64,${base64}` },
    })),
  ];
}

/** The highest score of each category. A category without a score counts as sure when it is flagged. */
function toScores(results: unknown): ModerationScores {
  if (!Array.isArray(results) || results.length === 0) throw unusable('moderations without results');
  const scores = new Map<string, number>();
  for (const result of results as readonly unknown[]) {
    const flags = membersOf(result, 'categories').map(([name, flag]): Score => [name, flag === true ? 1 : 0]);
    const own = membersOf(result, 'category_scores').filter((score): score is Score => isScore(score));
    for (const [name, score] of own.length > 0 ? own : flags) {
      scores.set(name, Math.max(score, scores.get(name) ?? 0));
    }
  }
  if (scores.size === 0) throw unusable('moderations without categories');
  return Object.fromEntries(scores);
}

type Score = [category: string, score: number];

function isScore([, score]: [string, unknown]): boolean {
  return typeof score === 'number' && score >= 0 && score <= 1;
}

function membersOf(value: unknown, name: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const member: unknown = Reflect.get(value, name);
  return typeof member === 'object' && member !== null ? Object.entries(member) : [];
}
