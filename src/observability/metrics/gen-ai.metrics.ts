import { Injectable } from '@nestjs/common';
import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { Ending, Exchange } from '../exchange.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import { PROVIDERS } from '../gen-ai-providers.js';
import { toGenAiUsage } from '../gen-ai-usage.js';
import { Metrics } from './metrics.js';
import { ModelNames } from './model-names.js';

const MS_PER_SECOND = 1_000;

type ModelLabels = Readonly<
  Record<
    | 'gen_ai_operation_name'
    | 'gen_ai_provider_name'
    | 'gen_ai_request_model'
    | 'gen_ai_response_model'
    | 'gen_ai_original_model',
    string
  >
>;

/** What models do, by the names of the OpenTelemetry conventions: for every request that was sent to one. */
@Injectable()
export class GenAiMetrics implements ExchangeListener {
  private readonly tokens;
  private readonly duration;
  private readonly firstToken;
  private readonly eachToken;

  constructor(
    metrics: Metrics,
    private readonly modelNames: ModelNames,
    exchanges: Exchanges,
  ) {
    this.tokens = metrics.histogram('gen_ai_client_token_usage');
    this.duration = metrics.histogram('gen_ai_server_request_duration_seconds');
    this.firstToken = metrics.histogram('gen_ai_server_time_to_first_token_seconds');
    this.eachToken = metrics.histogram('gen_ai_server_time_per_output_token_seconds');
    exchanges.listen(this);
  }

  ended(exchange: Exchange, { durationMs, exception, clientLeft }: Ending): void {
    const labels = this.labelsOf(exchange);
    if (labels === undefined) return;
    const errorType = exception ?? (clientLeft ? 'client_left' : '');
    const answerLabels = { ...labels, error_type: errorType };
    this.duration.observe(answerLabels, durationMs / MS_PER_SECOND);
    if (exchange.usage !== undefined) this.countTokens(exchange.usage, labels);
    const { startedAtMs, firstEventAtMs, lastEventAtMs } = exchange;
    if (firstEventAtMs === undefined) return;
    this.firstToken.observe(answerLabels, (firstEventAtMs - startedAtMs) / MS_PER_SECOND);
    const furtherTokens = (exchange.usage?.outputTokens ?? 0) - 1;
    if (lastEventAtMs === undefined || furtherTokens < 1) return;
    this.eachToken.observe(answerLabels, (lastEventAtMs - firstEventAtMs) / furtherTokens / MS_PER_SECOND);
  }

  /** An upstream that does not count reports zeros. */
  private countTokens(usage: TokenUsage, labels: ModelLabels): void {
    if (usage.totalTokens === 0) return;
    const { input, output, cachedInput, cacheCreationInput } = toGenAiUsage(usage);
    this.tokens.observe({ ...labels, gen_ai_token_type: 'input' }, input);
    this.tokens.observe({ ...labels, gen_ai_token_type: 'output' }, output);
    if (cachedInput > 0) this.tokens.observe({ ...labels, gen_ai_token_type: 'cached_input' }, cachedInput);
    if (cacheCreationInput > 0) {
      this.tokens.observe({ ...labels, gen_ai_token_type: 'cache_creation_input' }, cacheCreationInput);
    }
  }

  private labelsOf({ modelId, rule, travel }: Exchange): ModelLabels | undefined {
    const call = travel?.calls.at(-1);
    if (modelId === undefined || rule === undefined || call === undefined) return undefined;
    const model = this.modelNames.label(call.model, rule);
    return {
      gen_ai_operation_name: 'chat',
      gen_ai_provider_name: PROVIDERS[call.upstream.dialect],
      gen_ai_request_model: model,
      gen_ai_response_model: call.outcome === 'success' ? model : '',
      gen_ai_original_model: this.modelNames.label(modelId, rule),
    };
  }
}
