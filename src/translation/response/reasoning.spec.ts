import type { MessageAnswer } from '../../openai/chat-completion.js';
import { reasoningText } from './reasoning.js';

const thinking = {
  type: 'thinking',
  thinking: [
    { type: 'text', text: 'Hm' },
    { type: 'text', text: 'm.' },
  ],
};

describe('the reasoning of a message or a delta', () => {
  it.each<[string, MessageAnswer, object | undefined]>([
    ['reasoning_content', { reasoning_content: 'Hm.' }, { text: 'Hm.', field: 'reasoning_content' }],
    ['reasoning', { reasoning: 'Hm.' }, { text: 'Hm.', field: 'reasoning' }],
    [
      'both, saying the same',
      { reasoning: 'Hm.', reasoning_content: 'Hm.' },
      { text: 'Hm.', field: 'reasoning_content' },
    ],
    [
      'both, one of them cut',
      { reasoning: 'Hm, well.', reasoning_content: 'Hm' },
      { text: 'Hm, well.', field: 'reasoning' },
    ],
    [
      'both, one of them empty',
      { reasoning: 'Hm.', reasoning_content: '' },
      { text: 'Hm.', field: 'reasoning' },
    ],
    [
      'OpenRouter: details beside a text',
      { reasoning: 'Hm.', reasoning_details: [{ type: 'reasoning.text', text: 'Other.' }] },
      { text: 'Hm.', field: 'reasoning' },
    ],
    [
      'OpenRouter: details alone',
      {
        reasoning_details: [
          { type: 'reasoning.summary', summary: 'A' },
          { type: 'reasoning.encrypted', data: 'xyz' },
          { type: 'reasoning.text', text: 'B' },
        ],
      },
      { text: 'AB', field: 'reasoning_details' },
    ],
    [
      'LiteLLM: thinking blocks alone',
      { thinking_blocks: [{ type: 'thinking', thinking: 'Hm.', signature: 's' }] },
      { text: 'Hm.', field: 'thinking_blocks' },
    ],
    [
      'Mistral: parts of the content',
      { content: [thinking, { type: 'text', text: 'Hi' }] },
      { text: 'Hmm.', field: 'thinking' },
    ],
    [
      'encrypted details alone',
      { reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] },
      undefined,
    ],
    ['redacted thinking alone', { thinking_blocks: [{ type: 'redacted_thinking', data: 'x' }] }, undefined],
    ['think tags in the content', { content: '<think>Hm.</think>Hi' }, undefined],
    ['empty fields', { reasoning: '', reasoning_content: null, reasoning_details: [] }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, message, piece) => {
    expect(reasoningText(message)).toEqual(piece);
  });

  it.each<[string, object]>([
    ['numbers', { reasoning: 5, reasoning_content: 6, reasoning_details: 7, thinking_blocks: 8, content: 9 }],
    [
      'objects',
      { reasoning: {}, reasoning_content: {}, reasoning_details: {}, thinking_blocks: {}, content: {} },
    ],
    [
      'lists of rubbish',
      { reasoning_details: [null, 1, [], { text: {} }], thinking_blocks: [null, 'x', {}] },
    ],
    [
      'parts of rubbish',
      { content: [null, { type: 'thinking' }, { type: 'thinking', thinking: [null, { text: 1 }] }] },
    ],
  ])('is none in %s', (_, message) => {
    expect(reasoningText(message)).toBeUndefined();
  });
});
