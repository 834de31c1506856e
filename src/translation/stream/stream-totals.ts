import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { MetadataEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer, UsageAnswer } from '../../openai/chat-completion.js';
import { echoedPerformanceConfig, echoedTier } from '../response/echo.js';
import type { LevelTarget } from '../request/service-tier.js';
import { asObject, objectOf } from '../json-value.js';
import { wholeMilliseconds } from '../response/refused-answer.js';
import { usageToTokenUsage } from '../response/usage.js';

type Totals = Pick<ChatCompletionAnswer, 'usage' | 'x_groq' | 'timings' | 'service_tier'>;

/**
 * Collects what chunks report about the whole answer: usage, timings and service tier. Depending on the server, usage
 * comes with the last chunk, in a chunk of its own, with every chunk, or never.
 */
export class StreamTotals {
  private readonly seen: Totals = {};

  read({ usage, x_groq, timings, service_tier }: ChatCompletionAnswer): void {
    if (usage != null) this.seen.usage = usage;
    if (objectOf(x_groq)?.usage != null) this.seen.x_groq = x_groq;
    if (timings != null) this.seen.timings = timings;
    if (service_tier != null) this.seen.service_tier = service_tier;
  }

  /** The usage as the upstream sent it; undefined when it sent none. */
  get usage(): UsageAnswer | undefined {
    return asObject(this.seen.usage) ?? asObject(this.seen.x_groq?.usage);
  }

  get tokenUsage(): TokenUsage {
    return usageToTokenUsage(this.seen);
  }

  /** The `metadata` event. `latencyMs` is in milliseconds. */
  metadata(request: ConverseRequestDto, target: LevelTarget, latencyMs: number): MetadataEvent {
    const performanceConfig = echoedPerformanceConfig(request, target);
    const serviceTier = echoedTier(request, this.seen, target);
    return {
      usage: this.tokenUsage,
      metrics: { latencyMs: wholeMilliseconds(latencyMs) },
      ...(performanceConfig && { performanceConfig }),
      ...(serviceTier && { serviceTier }),
    };
  }
}
