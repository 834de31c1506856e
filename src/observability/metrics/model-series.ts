import type { DialectName } from '../../config/dialect-names.js';
import { type GenAiOperation, PROVIDERS } from '../gen-ai.js';
import type { Metrics } from './metrics.js';
import type { HistogramSeries } from './series-histogram.js';

/** The labels of a request's series. */
export interface ModelKey {
  readonly operation: GenAiOperation;
  readonly dialect: DialectName;
  readonly requestModel: string;
  /** Empty when no upstream answered. */
  readonly responseModel: string;
  readonly originalModel: string;
  /** Empty for a success. */
  readonly errorType: string;
}

/** The series in which a request is observed. */
export interface ModelSeries {
  readonly duration: HistogramSeries;
  readonly firstToken: HistogramSeries;
  readonly eachToken: HistogramSeries;
  readonly inputTokens: HistogramSeries;
  readonly outputTokens: HistogramSeries;
  readonly cachedInputTokens: HistogramSeries;
  readonly cacheCreationInputTokens: HistogramSeries;
}

/** Series by their labels. Repeated labels cost one look-up in a map. */
export class ModelSeriesTable {
  private readonly known = new Map<string, ModelSeries>();
  private readonly tokens;
  private readonly duration;
  private readonly firstToken;
  private readonly eachToken;

  constructor(metrics: Metrics) {
    this.tokens = metrics.histogram('gen_ai_client_token_usage');
    this.duration = metrics.histogram('gen_ai_server_request_duration_seconds');
    this.firstToken = metrics.histogram('gen_ai_server_time_to_first_token_seconds');
    this.eachToken = metrics.histogram('gen_ai_server_time_per_output_token_seconds');
  }

  of(key: ModelKey): ModelSeries {
    const { operation, dialect, requestModel, responseModel, originalModel, errorType } = key;
    const text = `${operation}\n${dialect}\n${requestModel}\n${responseModel}\n${originalModel}\n${errorType}`;
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const series = this.seriesOf(key);
    this.known.set(text, series);
    return series;
  }

  private seriesOf({
    operation,
    dialect,
    requestModel,
    responseModel,
    originalModel,
    errorType,
  }: ModelKey): ModelSeries {
    const labels = {
      gen_ai_operation_name: operation,
      gen_ai_provider_name: PROVIDERS[dialect],
      gen_ai_request_model: requestModel,
      gen_ai_response_model: responseModel,
      gen_ai_original_model: originalModel,
    };
    const answer = { ...labels, error_type: errorType };
    const tokens = (type: string): HistogramSeries =>
      this.tokens.series({ ...labels, gen_ai_token_type: type });
    return {
      duration: this.duration.series(answer),
      firstToken: this.firstToken.series(answer),
      eachToken: this.eachToken.series(answer),
      inputTokens: tokens('input'),
      outputTokens: tokens('output'),
      cachedInputTokens: tokens('cached_input'),
      cacheCreationInputTokens: tokens('cache_creation_input'),
    };
  }
}
