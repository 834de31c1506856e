import fc from 'fast-check';
import { promptToTurns, speakerTemplate } from './prompt-template.js';

const TITAN = [speakerTemplate('\n', { User: 'user', Bot: 'assistant' })];
/** Tokens of every template: a prompt may mix them. */
const TOKENS = [
  '[INST]',
  '[/INST]',
  '<<SYS>>',
  '<</SYS>>',
  '<s>',
  '<|User|>',
  '<｜Assistant｜>',
  '<|start_header_id|>user<|end_header_id|>',
  '<|eot_id|>',
  '\nUser:',
  '\nBot:',
  'Hello',
];

describe('promptToTurns', () => {
  it.each([
    ['plain text', 'User: is a word', [{ role: 'user', text: 'User: is a word' }]],
    ['an empty prompt', '', [{ role: 'user', text: '' }]],
    [
      'a tool result of Llama',
      '<|start_header_id|>ipython<|end_header_id|>\n\n{}<|eom_id|>',
      [{ role: 'user', text: '{}' }],
    ],
    ['an INST without an end', '[INST] Hello', [{ role: 'user', text: 'Hello' }]],
    [
      'an assistant who has begun',
      '[INST] a [/INST] {',
      [
        { role: 'user', text: 'a' },
        { role: 'assistant', text: '{' },
      ],
    ],
    [
      'ASCII tokens of DeepSeek',
      '\n<|begin_of_sentence|><|System|>s<|User|>u<|Assistant|>\n\n',
      [
        { role: 'system', text: 's' },
        { role: 'user', text: 'u' },
      ],
    ],
  ])('reads %s', (_, prompt, turns) => {
    expect(promptToTurns(prompt).filter(({ text }) => text !== '' || prompt === '')).toEqual(turns);
  });

  it('reads speakers only for the formats that have them', () => {
    const prompt = 'Be brief.\nUser: Hello\nBot:';
    expect(promptToTurns(prompt, TITAN)).toEqual([
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'Hello' },
      { role: 'assistant', text: '' },
    ]);
    expect(promptToTurns(prompt)).toEqual([{ role: 'user', text: prompt }]);
  });

  it('loses no word of a prompt, however its tokens are mixed', () => {
    const prompts = fc.array(fc.constantFrom(...TOKENS), { maxLength: 30 }).map((tokens) => tokens.join(''));
    fc.assert(
      fc.property(prompts, (prompt) => {
        const words = (text: string) => text.match(/Hello/g)?.length ?? 0;
        const turns = promptToTurns(prompt, TITAN);
        expect(words(turns.map(({ text }) => text).join(' '))).toBe(words(prompt));
      }),
    );
  });
});
