import type { Upstream } from '../config/configuration.js';
import { AttemptRecord } from './attempt-record.js';
import { costOf } from './cost.js';

const PRICES = { input: 1, cachedInput: 0.1, output: 5, currency: 'EUR' };
const attempt = (prices?: typeof PRICES | Omit<typeof PRICES, 'cachedInput'>) =>
  new AttemptRecord({} as Upstream, 'm', prices); // nothing of the upstream is read
const usage = { inputTokens: 100_000, outputTokens: 10_000, totalTokens: 110_000 };

describe('The cost of an answer', () => {
  it.each([
    ['input and output', usage, attempt(PRICES), 0.15],
    [
      'cached input',
      { ...usage, cacheReadInputTokens: 1_000_000, cacheWriteInputTokens: 100_000 },
      attempt(PRICES),
      0.35,
    ],
    [
      'cached input without a price of its own',
      { ...usage, cacheReadInputTokens: 100_000 },
      attempt({ input: 1, output: 5, currency: 'EUR' }),
      0.25,
    ],
  ])('counts %s', (_, usage, lastAttempt, amount) => {
    const cost = costOf({ usage, lastAttempt });
    expect(cost?.currency).toBe('EUR');
    expect(cost?.amount).toBeCloseTo(amount, 10);
  });

  it.each([
    ['without prices', { usage, lastAttempt: attempt() }],
    ['without tokens', { usage: undefined, lastAttempt: attempt(PRICES) }],
    ['without a call', { usage, lastAttempt: undefined }],
  ])('is not known %s', (_, facts) => {
    expect(costOf(facts)).toBeUndefined();
  });
});
