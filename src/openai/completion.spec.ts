import type { MessageAnswer } from './chat-completion.js';
import { hasContent } from './completion.js';

const call = { index: 0, function: { name: 'f', arguments: '{' } };

describe('hasContent', () => {
  it.each<[string, MessageAnswer, boolean]>([
    ['a role', { role: 'assistant', content: '' }, false],
    ['empty lists', { tool_calls: [], reasoning_details: [], thinking_blocks: [] }, false],
    ['text', { content: 'a' }, true],
    ['a part', { content: [{ type: 'text', text: 'a' }] }, true],
    ['a tool call', { tool_calls: [call] }, true],
    ['TGI: a tool call that is not in a list', { tool_calls: call }, true],
    ['a function call beside an empty list', { tool_calls: [], function_call: { arguments: '{' } }, true],
  ])('%s', (_, delta, has) => {
    expect(hasContent({ choices: [{ index: 0, delta }] })).toBe(has);
  });
});
