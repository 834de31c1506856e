import { readModelId, readModelOrPromptId } from './model-id.js';

const INVALID = 'The provided model identifier is invalid.';
const ARN = 'arn:aws:bedrock:us-east-1:123456789012';

describe('readModelId', () => {
  it.each<[segments: string | string[], name: string, resourceType: string | undefined]>([
    ['anthropic.claude-v2:1', 'anthropic.claude-v2:1', undefined],
    [['meta-llama', 'Llama-3.1-8B'], 'meta-llama/Llama-3.1-8B', undefined],
    [['org', '', 'model'], 'org//model', undefined],
    [['model', ''], 'model/', undefined],
    ['a%2Fb%252F', 'a%2Fb%252F', undefined],
    ['..a/b../.../c.', '..a/b../.../c.', undefined],
    ["my org/llama 3.1@x+y!'()*~$&,;=ü日本語🦙", "my org/llama 3.1@x+y!'()*~$&,;=ü日本語🦙", undefined],
    [`${ARN}:inference-profile/us.x`, 'us.x', 'inference-profile'],
    [[`${ARN}:custom-model`, 'base.x', 'abc'], 'base.x/abc', 'custom-model'],
    [`${ARN}:imported-model/a:b:c`, 'a:b:c', 'imported-model'],
    ['arn:aws:sagemaker:us-east-1:123456789012:endpoint/x', 'x', undefined],
    ['arn:aws:sagemaker:us-east-1:123456789012:prompt/x', 'x', undefined],
  ])('%j', (segments, name, resourceType) => {
    const text = typeof segments === 'string' ? segments : segments.join('/');
    const modelId = readModelId(segments);
    expect([modelId.text, modelId.name, modelId.resourceType]).toEqual([text, name, resourceType]);
  });

  const controls = [
    ...Array.from({ length: 0x20 }, (_, code) => code),
    ...Array.from({ length: 0x21 }, (_, offset) => 0x7f + offset),
  ];
  /** Soft hyphen, Arabic letter mark, zero width, direction, lines, invisible operators, isolates, byte order mark. */
  const formats = [
    0xad, 0x61c, 0x200b, 0x200d, 0x200e, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff,
  ];
  /** Halves of pairs, noncharacters, what is drawn as nothing, tags. */
  const others = [
    0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfdd0, 0xfffe, 0xffff, 0x34f, 0x115f, 0x3164, 0xe0001, 0xe0041,
  ];
  const characters = [...controls, ...formats, ...others];

  it.each(characters.map((code) => [code.toString(16).padStart(4, '0')]))('refuses U+%s anywhere', (code) => {
    const character = String.fromCodePoint(Number.parseInt(code, 16));
    for (const text of [
      character,
      `a${character}`,
      `${character}a`,
      `${ARN}:inference-profile/a${character}b`,
    ]) {
      expect(() => readModelId(text)).toThrow(INVALID);
    }
  });

  it.each([
    '',
    'x'.repeat(2_049),
    '.',
    '..',
    'a/..',
    '../a',
    'a/./b',
    `${ARN}:inference-profile/..`,
    ARN,
    'arn:',
  ])('refuses %s', (text) => {
    expect(() => readModelId(text)).toThrow(INVALID);
  });

  it('takes no prompts', () => {
    expect(() => readModelId(`${ARN}:prompt/PROMPT1234:1`)).toThrow(/prompts of Prompt management/);
  });
});

describe('readModelOrPromptId', () => {
  it('takes prompts', () => {
    expect(readModelOrPromptId(`${ARN}:prompt/PROMPT1234:1`).name).toBe('PROMPT1234:1');
  });

  it('takes no more else than readModelId', () => {
    expect(() => readModelOrPromptId(`${ARN}:prompt/..`)).toThrow(INVALID);
  });
});
