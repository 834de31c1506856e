import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import type { DialectName } from '../../config/dialect-names.js';
import { HELLO, mapRequest, refusalOf } from '../../../test/support/map-request.js';

const use = (toolUseId: string, input: unknown): ContentBlockDto => ({
  toolUse: { toolUseId, name: 'getWeather', input },
});
const toolCall = (id: string, args: string) => ({
  id,
  type: 'function',
  function: { name: 'getWeather', arguments: args },
});

/** The assistant message of a turn, whose calls are answered in the next one. */
function assistantMessage(content: ContentBlockDto[], dialect: DialectName = 'generic'): unknown {
  const results = content
    .filter(({ toolUse }) => toolUse != null && toolUse.type == null)
    .map(({ toolUse }) => ({ toolResult: { toolUseId: toolUse!.toolUseId, content: [] } }));
  const messages: MessageDto[] = [
    HELLO,
    { role: 'assistant', content },
    { role: 'user', content: [...results, { text: 'Go' }] },
  ];
  return mapRequest({ messages }, dialect).params.messages[1];
}

describe('text', () => {
  const cited = (...texts: string[]): ContentBlockDto => ({
    citationsContent: { content: texts.map((text) => ({ text })) },
  });

  it.each<[string, ContentBlockDto[], string]>([
    ['one block', [{ text: 'A' }], 'A'],
    ['several blocks', [{ text: 'A' }, { text: 'B' }], 'A\nB'],
    [
      'cited fragments go on in the sentence',
      [{ text: 'As ' }, cited('A', 'B'), cited('C'), { text: ' says' }],
      'As ABC says',
    ],
    ['blank text', [{ text: ' ' }], ''],
    ['blank text between blocks', [{ text: 'A' }, { text: '\n\n' }, { text: 'B' }], 'A\nB'],
    ['foreign reasoning alone', [{ reasoningContent: { redactedContent: 'aGk=' } }], ''],
    ['a guarded text', [{ guardContent: { text: { text: 'G' } } }], 'G'],
    [
      'an image that failed',
      [{ image: { format: 'png', source: { bytes: 'aGk=' }, error: { message: 'no' } } }],
      '[image error: no]',
    ],
    [
      'an audio that failed',
      [{ audio: { format: 'wav', source: { bytes: 'aGk=' }, error: {} } }],
      '[audio error]',
    ],
  ])('%s', (_, content, expected) => {
    expect(assistantMessage(content)).toStrictEqual({ role: 'assistant', content: expected });
  });

  it('at the end remains a turn of its own', () => {
    const messages: MessageDto[] = [HELLO, { role: 'assistant', content: [{ text: 'The answer is ' }] }];
    expect(mapRequest({ messages }).params.messages).toEqual([
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'The answer is ' },
    ]);
  });
});

describe('tool calls', () => {
  it.each<[string, unknown, string]>([
    ['an object', { city: 'Rome' }, '{"city":"Rome"}'],
    ['an empty object', {}, '{}'],
    ['null', null, '{}'],
    ['the text of an object', '{"city": "Rome"}', '{"city": "Rome"}'],
    ['other text', '{"city', '{"raw":"{\\"city"}'],
    ['the text of a number', '7', '{"raw":"7"}'],
    ['a list', [1], '[1]'],
  ])('input that is %s', (_, input, args) => {
    expect(assistantMessage([use('t1', input)])).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [toolCall('t1', args)],
    });
  });

  it('come after the text, even if it follows them in the turn', () => {
    expect(assistantMessage([{ text: 'A' }, use('t1', {}), { text: 'B' }, use('t2', {})])).toEqual({
      role: 'assistant',
      content: 'A\nB',
      tool_calls: [toolCall('t1', '{}'), toolCall('t2', '{}')],
    });
  });

  it.each<[DialectName, null | '']>([
    ['generic', null],
    ['vllm', null],
    ['ollama', ''],
    ['deepseek', ''],
    ['mistral', ''],
  ])('without text: %s', (dialect, content) => {
    expect(assistantMessage([use('abcDEF123', {})], dialect)).toMatchObject({ content });
  });

  it('of a server tool become text', () => {
    const content: ContentBlockDto[] = [
      { toolUse: { toolUseId: 's1', name: 'search', input: { q: 'x' }, type: 'server_tool_use' } },
      { toolResult: { toolUseId: 's1', content: [{ text: 'found' }], type: 'search_result' } },
      { text: 'So.' },
    ];
    expect(assistantMessage(content)).toStrictEqual({
      role: 'assistant',
      content: '[Called search with parameters: {"q":"x"}]\n[Result: found]\nSo.',
    });
  });

  it('of a server tool with an image as result are refused', () => {
    const image = { format: 'png' as const, source: { bytes: 'aGk=' } };
    const content: ContentBlockDto[] = [
      { toolUse: { toolUseId: 's1', name: 'search', input: {}, type: 'server_tool_use' } },
      { toolResult: { toolUseId: 's1', content: [{ image }] } },
    ];
    expect(refusalOf(() => assistantMessage(content))).toMatch(/messages\.1\.content\.1\.toolResult/);
  });
});

describe('tool ids', () => {
  const ids = (dialect: DialectName, toolUseId: string): unknown[] => {
    const messages: MessageDto[] = [
      HELLO,
      { role: 'assistant', content: [use(toolUseId, {})] },
      { role: 'user', content: [{ toolResult: { toolUseId, content: [{ text: 'ok' }] } }] },
    ];
    const [, call, result] = mapRequest({ messages }, dialect).params.messages;
    return [call, result];
  };

  it.each<[DialectName, string, unknown]>([
    ['generic', 'functions.f:0', 'functions.f:0'],
    ['mistral', 'abcDEF123', 'abcDEF123'],
    ['mistral', 'functions.f:0', expect.stringMatching(/^[a-zA-Z0-9]{9}$/)],
  ])('%s: %s', (dialect, toolUseId, id) => {
    const [call, result] = ids(dialect, toolUseId);
    expect(call).toMatchObject({ tool_calls: [{ id }] });
    expect(result).toMatchObject({ tool_call_id: id });
  });

  it('are the same for a call and its result, and differ for different ids', () => {
    const [call, result] = ids('mistral', 'tooluse_1') as [
      { tool_calls: { id: string }[] },
      { tool_call_id: string },
    ];
    expect(call.tool_calls[0]?.id).toBe(result.tool_call_id);
    expect(ids('mistral', 'tooluse_2')).not.toMatchObject([{ tool_calls: [{ id: result.tool_call_id }] }]);
  });
});
