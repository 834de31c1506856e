import { cpuTimeMs } from '../../../test/support/cpu-time.js';
import { Base64Data } from '../../openai/base64-data.js';
import type { ChatMessage } from '../../openai/chat-completion.js';
import { estimateTokens } from './token-estimate.js';

const user = (content: string): ChatMessage => ({ role: 'user', content });
const tokensOf = (...messages: ChatMessage[]): number => estimateTokens({ model: 'm', messages });

describe('The token estimate', () => {
  it.each<[name: string, messages: ChatMessage[], tokens: number]>([
    ['a request', [], 3],
    ['a message without content', [{ role: 'assistant', content: null }], 7],
    ['Latin text, four bytes a token', [user('a'.repeat(40))], 17],
    ['ideographs, one token each', [user('日本語')], 10],
    ['Hangul, one token each', [user('한국어')], 10],
    ['a long text by its beginning', [user('a'.repeat(4_000_000))], 1_000_007],
    [
      'an image',
      [
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: new Base64Data('AAAA', 'image/png') } }],
        },
      ],
      772,
    ],
    [
      'an image at an address',
      [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.example/x' } }] }],
      772,
    ],
    [
      'a document, half a token a byte',
      [
        {
          role: 'user',
          content: [
            { type: 'file', file: { filename: 'a.pdf', file_data: new Base64Data('A'.repeat(4_000)) } },
          ],
        },
      ],
      1_507,
    ],
  ])('counts %s', (_name, messages, tokens) => {
    expect(tokensOf(...messages)).toBe(tokens);
  });

  it('counts tool definitions and tool calls', () => {
    const tool = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } } as const;
    const call = { id: '1', type: 'function', function: { name: 'weather', arguments: '{}' } } as const;
    const messages: ChatMessage[] = [{ role: 'assistant', content: '', tool_calls: [call] }];
    const withoutTools = estimateTokens({ model: 'm', messages });
    expect(withoutTools).toBeGreaterThan(tokensOf(user('')));
    expect(estimateTokens({ model: 'm', messages, tools: [tool] })).toBeGreaterThan(withoutTools + 8);
  });

  it('takes a fraction of a second for the largest request', () => {
    const content = '日'.repeat(10_000);
    const messages = Array.from({ length: 1_000 }, () => user(content));
    const before = process.cpuUsage();
    expect(tokensOf(...messages)).toBe(10_004_003);
    expect(process.cpuUsage(before).user / 1_000_000).toBeLessThan(2);
  });

  it.each<[name: string, content: string]>([
    ['one letter', 'a'.repeat(8_000_000)],
    ['emoji', '😀'.repeat(4_000_000)],
    ['lone surrogates', '\ud800'.repeat(4_000_000)],
    ['special tokens', '<|endoftext|>'.repeat(600_000)],
    ['quotes', '"'.repeat(8_000_000)],
  ])('takes a fraction of a second for a long text of %s', (_name, content) => {
    const call = { id: '1', type: 'function', function: { name: 'f', arguments: content } } as const;
    const messages: ChatMessage[] = [user(content), { role: 'assistant', content: null, tool_calls: [call] }];
    const before = cpuTimeMs();
    expect(tokensOf(...messages)).toBeGreaterThan(1_000_000);
    expect(cpuTimeMs() - before).toBeLessThan(500);
  });
});
