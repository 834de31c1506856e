import type { Prices } from '../config/configuration.js';
import type { TokenUsage } from '../bedrock/converse/converse-response.js';
import type { Exchange } from './exchange.js';

const TOKENS_PER_PRICE = 1_000_000;

export interface Cost {
  readonly amount: number;
  readonly currency: string;
}

/** What the answer of a request costs, by the prices of the model that gave it; undefined when they or the tokens are not known. */
export function costOf({ usage, lastAttempt }: Pick<Exchange, 'usage' | 'lastAttempt'>): Cost | undefined {
  const prices = lastAttempt?.prices;
  if (prices === undefined || usage === undefined) return undefined;
  return { amount: amountOf(usage, prices), currency: prices.currency };
}

/** Bedrock counts cached tokens beside the input tokens. Those that were written to the cache cost as much as any other. */
function amountOf(usage: TokenUsage, { input, cachedInput = input, output }: Prices): number {
  const { inputTokens, outputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage;
  const price = (inputTokens + cacheWriteInputTokens) * input + cacheReadInputTokens * cachedInput;
  return (price + outputTokens * output) / TOKENS_PER_PRICE;
}
