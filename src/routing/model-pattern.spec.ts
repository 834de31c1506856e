import fc from 'fast-check';
import { modelIdOf } from '../../test/support/model-id.js';
import { matchesModel, patternsOverlap } from './model-pattern.js';

const ARN =
  'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0';

describe('matchesModel', () => {
  it.each([
    ['*', 'anything/at:all'],
    ['gpt-4o', 'gpt-4o'],
    ['*anthropic.claude-3-haiku-*', 'us.anthropic.claude-3-haiku-20240307-v1:0'],
    ['*anthropic.claude-3-haiku-*', ARN],
    ['us.anthropic.*', ARN],
    ['arn:aws:bedrock:*', ARN],
    ['a*b*c', 'abc'],
    ['a*b*c', 'a-b-b-c'],
    ['**', 'x'],
    ['meta-llama/*', 'meta-llama/Llama-3.1-8B'],
    ['*.v1', 'a.v1.v1'],
    ['meta-llama/Llama-3.1-8B', 'arn:aws:bedrock:us-east-1::foundation-model/meta-llama/Llama-3.1-8B'],
    ['arn:aws:bedrock:*:inference-profile/us.anthropic.*', ARN],
    ['arn:aws:bedrock:*claude-3*', ARN],
    ['arn:*', ARN],
    ['*inference-profile/us.*', ARN],
    ['*:inference-profile/*', ARN],
    ['*prompt-router/*', 'arn:aws:bedrock:us-east-1:1:default-prompt-router/x'],
    ['*prompt-router/*', 'my-prompt-router/x'],
    ['**', ARN],
  ])('%s fits %s', (pattern, modelId) => {
    expect(matchesModel(pattern, modelIdOf(modelId))).toBe(true);
  });

  it.each([
    ['gpt-4o', 'gpt-4o-mini'],
    ['gpt-4o', 'GPT-4o'],
    ['a*b*c', 'acb'],
    ['ab*ba', 'aba'],
    ['us.anthropic.*', 'eu.anthropic.claude'],
    ['claude*', ARN],
    ['Llama*', 'meta-llama/Llama-3.1-8B'],
    ['', 'x'],
    ['a.c', 'abc'],
    ['Llama-*', 'arn:aws:bedrock:us-east-1::foundation-model/meta-llama/Llama-3.1-8B'],
    ['*llama/*', 'arn:aws:bedrock:llama:1:inference-profile/x'],
    ['*123456789012*', ARN],
    ['*inference-profile*', ARN],
    ['*:prompt-router/*', 'arn:aws:bedrock:us-east-1:1:default-prompt-router/x'],
    ['*prompt-router/*', `${ARN}/prompt-router/x`],
    ['arn:aws:bedrock:*:prompt-router/*', `${ARN}:prompt-router/x`],
    ['arn:*nova*', 'arn:aws:bedrock:us-nova-1:1:inference-profile/x'],
    ['arn:aws:bedrock', ARN],
    ['arn:*', 'us.arn:x'],
  ])('%s does not fit %s', (pattern, modelId) => {
    expect(matchesModel(pattern, modelIdOf(modelId))).toBe(false);
  });

  it('agrees with the regular expression that the glob means', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(matchesModel(pattern, modelIdOf(text))).toBe(expression.test(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('patternsOverlap', () => {
  it.each([
    ['*', 'gpt-4o'],
    ['*claude*', '*anthropic.claude-3-haiku-*'],
    ['us.anthropic.*', '*claude*'],
    ['us.anthropic.claude-3-haiku-20240307-v1:0', '*anthropic.claude-3-haiku-*'],
    [ARN, 'us.anthropic.*'],
    ['arn:aws:bedrock:*', 'us.anthropic.*'],
    ['arn:aws:bedrock:*', 'arn:*:inference-profile/x'],
    ['*prompt-router/*', '*claude*'],
    ['gpt-4*', 'gpt-*'],
    ['*-mini', 'gpt-*'],
    ['gpt-*', '*claude'],
    ['a', 'a'],
  ])('%s and %s have ids in common', (one, other) => {
    expect([patternsOverlap(one, other), patternsOverlap(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['gpt-*', 'claude*'],
    ['*-mini', '*-nano'],
    ['gpt-4', 'gpt-4o'],
    ['claude', 'gpt*'],
    ['a*b', 'b*b'],
    [ARN, 'eu.anthropic.*'],
    ['arn:aws:bedrock:*:inference-profile/us.*', 'eu.*'],
    ['arn:aws:bedrock:*:inference-profile/us.*', 'arn:aws:bedrock:*:imported-model/us.*'],
  ])('%s and %s have none', (one, other) => {
    expect([patternsOverlap(one, other), patternsOverlap(other, one)]).toEqual([false, false]);
  });

  it('is what an id that matches both shows', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    const ids = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, ids, (one, other, id) => {
        const matchesBoth = matchesModel(one, modelIdOf(id)) && matchesModel(other, modelIdOf(id));
        expect(patternsOverlap(one, other) || !matchesBoth).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
