import { Injectable } from '@nestjs/common';
import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import { costOf } from '../cost.js';
import type { ExchangeResult, Exchange } from '../exchange.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import { type GenAiOperation, toGenAiUsage, WITHOUT_OUTPUT } from '../gen-ai.js';
import { Metrics } from './metrics.js';
import { ModelNames } from './model-names.js';
import { ModelSeriesTable, type ModelSeries } from './model-series.js';

const MS_PER_SECOND = 1_000;

/** Durations and tokens of every request that was sent to a model, under the names of the OpenTelemetry conventions. */
@Injectable()
export class GenAiMetrics implements ExchangeListener {
  private readonly table: ModelSeriesTable;
  private readonly cost;

  constructor(
    metrics: Metrics,
    private readonly modelNames: ModelNames,
    exchanges: Exchanges,
  ) {
    this.table = new ModelSeriesTable(metrics);
    this.cost = metrics.counter('proxy_cost_total');
    exchanges.listen(this);
  }

  finished(exchange: Exchange, result: ExchangeResult): void {
    const series = this.seriesOf(exchange, result);
    if (series === undefined) return;
    series.duration.observe(result.durationMs / MS_PER_SECOND);
    if (exchange.usage !== undefined) countTokens(exchange.usage, exchange.genAiOperation, series);
    timeTokens(exchange, series);
    this.countCost(exchange);
  }

  private countCost(exchange: Exchange): void {
    const cost = costOf(exchange);
    const { client = '', rule = '', lastAttempt } = exchange;
    if (cost === undefined || lastAttempt === undefined) return;
    const gen_ai_request_model = this.modelNames.label(lastAttempt.model, rule);
    this.cost.inc({ gen_ai_request_model, client, currency: cost.currency }, cost.amount);
  }

  private seriesOf(
    { modelId, rule, report, genAiOperation }: Exchange,
    result: ExchangeResult,
  ): ModelSeries | undefined {
    const call = report?.attempts.at(-1);
    if (modelId === undefined || rule === undefined || call === undefined) return undefined;
    const requestModel = this.modelNames.label(call.model, rule);
    return this.table.of({
      operation: genAiOperation,
      dialect: call.upstream.dialect,
      requestModel,
      responseModel: call.outcome === 'success' ? requestModel : '',
      originalModel: this.modelNames.label(modelId, rule),
      errorType: result.exception ?? (result.clientDisconnected ? 'client_left' : ''),
    });
  }
}

/** Zeros mean that the upstream does not count tokens. */
function countTokens(usage: TokenUsage, operation: GenAiOperation, series: ModelSeries): void {
  if (usage.totalTokens === 0) return;
  const { input, output, cachedInput, cacheCreationInput } = toGenAiUsage(usage);
  series.inputTokens.observe(input);
  if (!WITHOUT_OUTPUT.has(operation)) series.outputTokens.observe(output);
  if (cachedInput > 0) series.cachedInputTokens.observe(cachedInput);
  if (cacheCreationInput > 0) series.cacheCreationInputTokens.observe(cacheCreationInput);
}

/** Time to the first token, and time per further token, of a stream. */
function timeTokens(exchange: Exchange, series: ModelSeries): void {
  const { startedAtMs, firstEventAtMs, lastEventAtMs, usage } = exchange;
  if (firstEventAtMs === undefined) return;
  series.firstToken.observe((firstEventAtMs - startedAtMs) / MS_PER_SECOND);
  const furtherTokens = (usage?.outputTokens ?? 0) - 1;
  if (lastEventAtMs === undefined || furtherTokens < 1) return;
  series.eachToken.observe((lastEventAtMs - firstEventAtMs) / furtherTokens / MS_PER_SECOND);
}
