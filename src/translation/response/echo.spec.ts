import { targetOf } from '../../../test/support/upstream-target.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { echoedPerformanceConfig, echoedTier } from './echo.js';

const plain = targetOf('openai');
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
    expect(echoedTier(request, { service_tier: tier }, plain)).toEqual(type && { type });
  });
});

describe('the echoed tier of a target for it', () => {
  const reserved = { serviceTier: { type: 'reserved' as const } };

  it.each<[name: string, target: Partial<UpstreamTarget>, given: string | undefined, type: string]>([
    ['that gets no tier', { tiers: ['reserved'] }, 'default', 'reserved'],
    ['that gets a tier and gives it', { tiers: ['reserved'], serviceTier: 'scale' }, 'scale', 'reserved'],
    [
      'that gets a tier and says nothing',
      { tiers: ['reserved'], serviceTier: 'scale' },
      undefined,
      'reserved',
    ],
    ['that gets a tier and gives another', { tiers: ['reserved'], serviceTier: 'scale' }, 'flex', 'flex'],
    ['that is for another tier', { tiers: ['flex'] }, 'default', 'default'],
    ['that is for all requests', { tiers: [] }, undefined, 'default'],
  ])('%s', (_, changes, given, type) => {
    expect(echoedTier(reserved, { service_tier: given }, targetOf('openai', changes))).toEqual({ type });
  });
});

describe('the echoed performance configuration', () => {
  it('is standard if the request has one', () => {
    expect(echoedPerformanceConfig({ performanceConfig: { latency: 'optimized' } }, plain)).toEqual({
      latency: 'standard',
    });
  });

  it.each<[latency: 'optimized' | 'standard', optimized: boolean, echoed: string]>([
    ['optimized', true, 'optimized'],
    ['optimized', false, 'standard'],
    ['standard', true, 'standard'],
    ['standard', false, 'standard'],
  ])('of %s at a target that is optimized (%s) is %s', (latency, optimized, echoed) => {
    const target = targetOf('openai', { optimized });
    expect(echoedPerformanceConfig({ performanceConfig: { latency } }, target)).toEqual({ latency: echoed });
  });

  it('is absent if the request has none', () => {
    expect(echoedPerformanceConfig({}, plain)).toBeUndefined();
  });
});
