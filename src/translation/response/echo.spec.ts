import { echoedPerformanceConfig, echoedTier } from './echo.js';

const asked = { serviceTier: { type: 'priority' as const } };

describe('the echoed tier', () => {
  it.each<[string, Parameters<typeof echoedTier>[0], string | null | undefined, string | undefined]>([
    ['nobody speaks of it', {}, undefined, undefined],
    ['the default, unasked', {}, 'default', undefined],
    ['an unknown one, unasked', {}, 'on_demand', undefined],
    ['flex, unasked', {}, 'flex', 'flex'],
    ['priority, unasked', {}, 'priority', 'priority'],
    ['asked and given', asked, 'priority', 'priority'],
    ['asked, and given in other words', asked, 'fast', 'priority'],
    ['asked, and another one given', asked, 'default', 'default'],
    ['asked, auto', asked, 'auto', 'default'],
    ['asked, scale', asked, 'scale', 'default'],
    ['asked, and the server does not say', asked, null, 'default'],
    ['asked, and an unknown one given', asked, 'constructor', 'default'],
  ])('%s', (_, request, tier, type) => {
    expect(echoedTier(request, { service_tier: tier })).toEqual(type && { type });
  });
});

describe('the echoed performance configuration', () => {
  it('is standard if the request has one', () => {
    expect(echoedPerformanceConfig({ performanceConfig: { latency: 'optimized' } })).toEqual({
      latency: 'standard',
    });
  });

  it('is absent if the request has none', () => {
    expect(echoedPerformanceConfig({})).toBeUndefined();
  });
});
