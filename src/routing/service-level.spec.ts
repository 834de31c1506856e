import { modelIdOf } from '../../test/support/model-id.js';
import { targetOf } from '../../test/support/upstream-target.js';
import { type RequestedLevel, servedLevel, targetsForLevel } from './service-level.js';

const target = (model: string, changes = {}) => targetOf('openai', { model, ...changes });
const targets = [target('plain'), target('second')];
const levelTargets = [
  target('fast', { optimized: true }),
  target('flex', { tiers: ['flex'] }),
  target('fast-flex', { optimized: true, tiers: ['flex', 'priority'] }),
];
const rule = { match: '*', route: [], defaults: {}, extraBody: {} };
const route = { modelId: modelIdOf('m'), rule, targets, levelTargets };
const OPTIMIZED = { performanceConfig: { latency: 'optimized' } };

describe('The targets of a request', () => {
  it.each<[name: string, level: RequestedLevel, models: string[]]>([
    ['that asks for nothing', {}, ['plain', 'second']],
    ['for standard latency', { performanceConfig: { latency: 'standard' } }, ['plain', 'second']],
    ['for the default tier', { serviceTier: { type: 'default' } }, ['plain', 'second']],
    ['for a tier that no target is for', { serviceTier: { type: 'reserved' } }, ['plain', 'second']],
    ['for null', { performanceConfig: null, serviceTier: null }, ['plain', 'second']],
    ['for low latency', OPTIMIZED, ['fast', 'fast-flex', 'plain', 'second']],
    ['for a tier', { serviceTier: { type: 'flex' } }, ['flex', 'fast-flex', 'plain', 'second']],
    ['for a tier of one target', { serviceTier: { type: 'priority' } }, ['fast-flex', 'plain', 'second']],
    [
      'for both',
      { ...OPTIMIZED, serviceTier: { type: 'flex' } },
      ['fast-flex', 'fast', 'flex', 'plain', 'second'],
    ],
  ])('%s', (_, level, models) => {
    expect(targetsForLevel(route, level).map(({ model }) => model)).toEqual(models);
  });

  it('are those of the route itself where no target is for a level', () => {
    expect(targetsForLevel({ ...route, levelTargets: undefined }, OPTIMIZED)).toBe(targets);
  });
});

describe('What a target serves of a request', () => {
  it.each<[model: string, level: RequestedLevel, served: unknown]>([
    ['fast', OPTIMIZED, { latency: 'optimized' }],
    ['fast', {}, undefined],
    ['fast', { serviceTier: { type: 'flex' } }, undefined],
    ['flex', { serviceTier: { type: 'flex' } }, { serviceTier: 'flex' }],
    [
      'fast-flex',
      { ...OPTIMIZED, serviceTier: { type: 'flex' } },
      { latency: 'optimized', serviceTier: 'flex' },
    ],
    ['plain', { ...OPTIMIZED, serviceTier: { type: 'flex' } }, undefined],
  ])('%s: %j', (model, level, served) => {
    const found = [...targets, ...levelTargets].find((candidate) => candidate.model === model);
    expect(found && servedLevel(found, level)).toEqual(served);
  });
});
