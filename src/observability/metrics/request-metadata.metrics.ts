import { Injectable } from '@nestjs/common';
import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import { costOf } from '../cost.js';
import type { Exchange } from '../exchange.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import { toGenAiUsage } from '../gen-ai.js';
import { BoundedNames } from './bounded-names.js';
import { Metrics } from './metrics.js';

/** The values of one key, which clients choose. */
const MAX_VALUES = 100;

/** Requests, tokens and cost by the request metadata that the configuration makes labels. */
@Injectable()
export class RequestMetadataMetrics implements ExchangeListener {
  private readonly requests;
  private readonly tokens;
  private readonly cost;
  /** By key. The configuration names the keys. */
  private readonly values = new Map<string, BoundedNames>();

  constructor(metrics: Metrics, exchanges: Exchanges) {
    this.requests = metrics.counter('proxy_metadata_requests_total');
    this.tokens = metrics.counter('proxy_metadata_tokens_total');
    this.cost = metrics.counter('proxy_metadata_cost_total');
    exchanges.listen(this);
  }

  finished(exchange: Exchange): void {
    const labels = exchange.requestMetadata?.labels;
    if (labels === undefined) return;
    const cost = costOf(exchange);
    for (const [key, text] of Object.entries(labels)) {
      const value = this.valuesOf(key).accept(text);
      this.requests.inc({ key, value });
      if (exchange.usage !== undefined) this.countTokens(exchange.usage, { key, value });
      if (cost !== undefined) this.cost.inc({ key, value, currency: cost.currency }, cost.amount);
    }
  }

  private countTokens(usage: TokenUsage, label: { key: string; value: string }): void {
    const { input, output, cachedInput, cacheCreationInput } = toGenAiUsage(usage);
    this.tokens.inc({ ...label, gen_ai_token_type: 'input' }, input);
    this.tokens.inc({ ...label, gen_ai_token_type: 'output' }, output);
    if (cachedInput > 0) this.tokens.inc({ ...label, gen_ai_token_type: 'cached_input' }, cachedInput);
    if (cacheCreationInput > 0) {
      this.tokens.inc({ ...label, gen_ai_token_type: 'cache_creation_input' }, cacheCreationInput);
    }
  }

  private valuesOf(key: string): BoundedNames {
    const values = this.values.get(key) ?? new BoundedNames(MAX_VALUES);
    this.values.set(key, values);
    return values;
  }
}
