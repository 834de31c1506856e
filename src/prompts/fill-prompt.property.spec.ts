import fc from 'fast-check';
import { toPrompt } from '../config/file/to-prompt.js';
import type { PromptDto } from '../config/file/prompt.dto.js';
import { fillPrompt } from './fill-prompt.js';
import { pathInRequest } from './prompt-paths.js';

const MAX = 10_000_000;
const name = fc.stringMatching(/^[0-9a-zA-Z]([_-]?[0-9a-zA-Z]){0,5}$/);
/** Text that looks like places, and is made of their pieces. */
const braces = fc.array(
  fc.constantFrom('{', '}', '{{', '}}', 'a', '-', '_', ' ', '$&', '$1', '{{a}}', '{{b}}'),
);
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  braces.map((pieces) => pieces.join('')),
);

function promptOf(texts: readonly string[]): ReturnType<typeof toPrompt> {
  const content = texts.map((text) => ({ text }));
  const chat = { messages: [{ role: 'user' as const, content }], system: content };
  const prompt: PromptDto = {
    id: 'PROMPT1234',
    name: 'p',
    variants: [{ name: 'v', templateType: 'CHAT', templateConfiguration: { chat }, modelId: 'm' }],
  };
  return toPrompt(prompt);
}

describe('fillPrompt', () => {
  it('puts each value in as it is, whatever it holds', () => {
    const pieces = fc.array(fc.tuple(fc.stringMatching(/^[^{}]*$/), name), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(pieces, fc.dictionary(name, value), (template, values) => {
        const text = template.map(([before, variable]) => `${before}{{${variable}}}`).join('');
        const promptVariables = Object.fromEntries(
          template.map(([, variable]) => [variable, { text: values[variable] ?? `{{${variable}}}` }]),
        );
        const filled = fillPrompt(promptOf([text]), { promptVariables }, MAX);
        const expected = template
          .map(([before, variable]) => before + promptVariables[variable]?.text)
          .join('');
        expect(filled).toEqual({
          system: [{ text: expected }],
          messages: [{ role: 'user', content: [{ text: expected }] }],
        });
      }),
    );
  });

  it('leaves a text without places as it is', () => {
    fc.assert(
      fc.property(value, (text) => {
        fc.pre(!/\{\{[0-9a-zA-Z]/.test(text) && text !== '');
        expect(fillPrompt(promptOf([text]), {}, MAX).system).toEqual([{ text }]);
      }),
    );
  });

  it('takes as many values as the template has places, and no others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.uniqueArray(name), (places, sent) => {
        const prompt = promptOf(['.', ...places.map((place) => `{{${place}}}`)]);
        const promptVariables = Object.fromEntries(sent.map((variable) => [variable, { text: '' }]));
        const fill = () => fillPrompt(prompt, { promptVariables }, MAX);
        const isEqual = places.toSorted().join(' ') === sent.toSorted().join(' ');
        if (isEqual) expect(fill).not.toThrow();
        else expect(fill).toThrow(/promptVariables/);
      }),
    );
  });

  it('takes linear time for places without an end', () => {
    const text = '{{a'.repeat(60_000) + '{{a_-'.repeat(1_000);
    const filled = fillPrompt(promptOf([text]), {}, MAX);
    expect(filled.system).toEqual([{ text }]);
  });
});

describe('pathInRequest', () => {
  const prompt = promptOf(['x']);

  it.each([
    ['messages.0.content.0.text', 'prompt.messages.0.content.0.text'],
    ['messages.1.content.2', 'messages.0.content.2'],
    ['messages.12', 'messages.11'],
    ['messages', 'messages'],
    ['system.0', 'prompt.system.0'],
    ['systematic', 'systematic'],
    ['inferenceConfig.topK', 'prompt.inferenceConfig.topK'],
    ['toolConfig', 'prompt.toolConfig'],
    ['additionalModelRequestFields.a\nb', 'prompt.additionalModelRequestFields.a\nb'],
    ['guardrailConfig.trace', 'guardrailConfig.trace'],
    ['additionalModelResponseFieldPaths.0', 'additionalModelResponseFieldPaths.0'],
  ])('%s is %s', (path, expected) => {
    expect(pathInRequest(prompt, path)).toBe(expected);
  });
});
