import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConversationRole, MessageDto } from '../../bedrock/converse/message.dto.js';
import { Base64Data } from '../../openai/base64-data.js';
import type { DialectName } from '../../config/dialect-names.js';
import { HELLO, mapMessages, mapRequest, mapUser, refusalOf } from '../../../test/support/map-request.js';

const say = (role: ConversationRole, ...texts: string[]): MessageDto => ({
  role,
  content: texts.map((text) => ({ text })),
});
const CALL: ContentBlockDto = { toolUse: { toolUseId: 't1', name: 'getWeather', input: { city: 'Rome' } } };
const RESULT: ContentBlockDto = { toolResult: { toolUseId: 't1', content: [{ text: 'sunny' }] } };
const TOOL_CALL = {
  id: 't1',
  type: 'function',
  function: { name: 'getWeather', arguments: '{"city":"Rome"}' },
};
const CALLED = { role: 'assistant', content: null, tool_calls: [TOOL_CALL] };
const ANSWERED = { role: 'tool', tool_call_id: 't1', content: 'sunny' };

describe('system', () => {
  it.each<[string, object[], unknown[]]>([
    ['one block', [{ text: 'Be brief.' }], [{ role: 'system', content: 'Be brief.' }]],
    ['blocks apart by a blank line', [{ text: 'A' }, { text: 'B' }], [{ role: 'system', content: 'A\n\nB' }]],
    ['a guarded text', [{ guardContent: { text: { text: 'G' } } }], [{ role: 'system', content: 'G' }]],
    ['blank text', [{ text: ' ' }], []],
    ['an empty list', [], []],
    ['a cache point alone', [{ cachePoint: { type: 'default' } }], []],
  ])('%s', (_, system, expected) => {
    expect(mapRequest({ system }).params.messages).toEqual([...expected, { role: 'user', content: 'Hello' }]);
  });

  it('keeps separate parts if one has a cache marker', () => {
    const system = [
      { text: 'A' },
      { cachePoint: { type: 'default' as const, ttl: '1h' as const } },
      { text: 'B' },
    ];
    expect(mapRequest({ system }, 'openrouter').params.messages[0]).toEqual({
      role: 'system',
      content: [
        { type: 'text', text: 'A', cache_control: { type: 'ephemeral', ttl: '1h' } },
        { type: 'text', text: 'B' },
      ],
    });
  });

  it('refuses a guarded image', () => {
    const system = [{ guardContent: { image: { format: 'png' as const, source: { bytes: 'aGk=' } } } }];
    expect(refusalOf(() => mapRequest({ system }))).toMatch(/system\.0\.guardContent\.image/);
  });
});

describe('system messages in the conversation', () => {
  const conversation = [HELLO, say('assistant', 'Hi'), say('system', 'Be brief.'), say('user', 'Go')];

  it.each<[DialectName, unknown[]]>([
    [
      'generic',
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Go' },
      ],
    ],
    ['vllm', [{ role: 'user', content: '[system] Be brief.\nGo' }]],
  ])('%s', (dialect, expected) => {
    expect(mapMessages(conversation, dialect).slice(2)).toEqual(expected);
  });

  it.each(['generic', 'vllm'] as const)(
    'before the first turn are joined with the leading one: %s',
    (dialect) => {
      const messages = [say('system', 'B'), say('system', 'C'), HELLO];
      expect(mapRequest({ system: [{ text: 'A' }], messages }, dialect).params.messages).toEqual([
        { role: 'system', content: 'A\n\nB\n\nC' },
        { role: 'user', content: 'Hello' },
      ]);
    },
  );

  it('wait until the tool calls before them are answered', () => {
    const messages: MessageDto[] = [
      HELLO,
      { role: 'assistant', content: [CALL] },
      say('system', 'Be brief.'),
      { role: 'user', content: [RESULT, { text: 'Go' }] },
    ];
    expect(mapMessages(messages).slice(1)).toEqual([
      CALLED,
      ANSWERED,
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Go' },
    ]);
  });
});

describe('user turns', () => {
  const image: ContentBlockDto = { image: { format: 'jpeg', source: { bytes: 'aGk=' } } };
  const imagePart = { type: 'image_url', image_url: { url: new Base64Data('aGk=', 'image/jpeg') } };

  it.each<[string, ContentBlockDto[], unknown]>([
    ['a single text is a string', [{ text: 'A' }], 'A'],
    ['texts alone are one string', [{ text: 'A' }, { text: 'B' }], 'A\nB'],
    ['blank text beside text says nothing', [{ text: '\n' }, { text: 'B' }], 'B'],
    ['text and media are parts in order', [{ text: 'A' }, image], [{ type: 'text', text: 'A' }, imagePart]],
    ['media alone are parts', [image], [imagePart]],
    ['cited text', [{ citationsContent: { content: [{ text: 'A' }, { text: 'B' }] } }], 'AB'],
  ])('%s', (_, content, expected) => {
    expect(mapUser(content)).toEqual([{ role: 'user', content: expected }]);
  });

  it.each<[DialectName, unknown[]]>([
    [
      'generic',
      [
        { role: 'user', content: 'A' },
        { role: 'user', content: [imagePart] },
        { role: 'user', content: 'B' },
      ],
    ],
    [
      'sglang',
      [{ role: 'user', content: [{ type: 'text', text: 'A' }, imagePart, { type: 'text', text: 'B' }] }],
    ],
  ])('several in a row: %s', (dialect, expected) => {
    const messages = [say('user', 'A'), { role: 'user' as const, content: [image] }, say('user', 'B')];
    expect(mapMessages(messages, dialect)).toEqual(expected);
  });

  it.each([
    ['text after the result', [RESULT, { text: 'Go' }]],
    ['text before the result', [{ text: 'Go' }, RESULT]],
  ])('tool messages come first: %s', (_, content) => {
    const messages: MessageDto[] = [HELLO, { role: 'assistant', content: [CALL] }, { role: 'user', content }];
    expect(mapMessages(messages).slice(1)).toEqual([CALLED, ANSWERED, { role: 'user', content: 'Go' }]);
  });

  it('marks the part before a cache point if the dialect supports markers', () => {
    const content: ContentBlockDto[] = [{ text: 'A' }, { cachePoint: { type: 'default' } }];
    expect(mapUser(content, 'litellm')).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'A', cache_control: { type: 'ephemeral' } }] },
    ]);
    expect(mapUser(content, 'generic')).toEqual([{ role: 'user', content: 'A' }]);
  });
});

describe('refused conversations', () => {
  const blank = (path: string) =>
    `ValidationException: The text field in the ContentBlock object at ${path} is blank. Add text to the text field, and try again.`;
  const empty = (path: string) =>
    `ValidationException: The content field in the Message object at ${path} is empty. Add a ContentBlock object to the content field and try again.`;
  const expected = (path: string, ids: string) =>
    `ValidationException: Expected toolResult blocks at ${path} for the following Ids: ${ids}`;
  const exceeds = (path: string) =>
    `ValidationException: The number of toolResult blocks at ${path} exceeds the number of toolUse blocks of previous turn.`;
  const call2: ContentBlockDto = { toolUse: { toolUseId: 't2', name: 'getTime', input: {} } };
  const stranger: ContentBlockDto = { toolResult: { toolUseId: 't9', content: [] } };
  const user = (...content: ContentBlockDto[]): MessageDto => ({ role: 'user', content });
  const assistant = (...content: ContentBlockDto[]): MessageDto => ({ role: 'assistant', content });

  it.each<[string, MessageDto[] | undefined, string]>([
    [
      'no messages',
      [],
      'ValidationException: The value at messages is invalid: at least one message is needed.',
    ],
    ['no content', [HELLO, assistant(), HELLO], empty('messages.1')],
    ['blank text alone', [user({ text: ' ' })], blank('messages.0.content.0')],
    [
      'blank text behind a cache point',
      [user({ cachePoint: { type: 'default' } }, { text: '' })],
      blank('messages.0.content.1'),
    ],
    ['a cache point alone', [user({ cachePoint: { type: 'default' } })], empty('messages.0')],
    [
      'a result without a call',
      [HELLO, assistant({ text: 'Hi' }), user(RESULT)],
      exceeds('messages.2.content'),
    ],
    ['a result in the first turn', [user(RESULT)], exceeds('messages.0.content')],
    [
      'two results for one call',
      [HELLO, assistant(CALL), user(RESULT, RESULT)],
      exceeds('messages.2.content'),
    ],
    [
      'a result of another call',
      [HELLO, assistant(CALL), user(stranger)],
      expected('messages.2.content', 't1'),
    ],
    [
      'one of two results',
      [HELLO, assistant(CALL, call2), user(RESULT)],
      expected('messages.2.content', 't2'),
    ],
    ['no result', [HELLO, assistant(CALL, call2), HELLO], expected('messages.2.content', 't1, t2')],
    ['calls at the end', [HELLO, assistant(CALL)], expected('messages.2.content', 't1')],
    [
      'another assistant turn instead of results',
      [HELLO, assistant(CALL), say('assistant', 'Hi')],
      expected('messages.2.content', 't1'),
    ],
    [
      'one id for two calls',
      [HELLO, assistant(CALL, CALL), user(RESULT)],
      'ValidationException: The toolUse blocks at messages.1.content contain duplicate Ids: t1',
    ],
    [
      'one result twice',
      [HELLO, assistant(CALL, call2), user(RESULT, RESULT)],
      'ValidationException: The toolResult blocks at messages.2.content contain duplicate Ids: t1',
    ],
  ])('%s', (_, messages, message) => {
    expect(refusalOf(() => mapRequest({ messages }))).toBe(message);
  });

  it('absent messages', () => {
    expect(refusalOf(() => mapRequest({ messages: undefined }))).toMatch(/ messages /);
  });

  const media = { source: { bytes: 'aGk=' } };
  it.each<[ConversationRole, ContentBlockDto, string]>([
    ['user', CALL, 'toolUse'],
    ['user', { reasoningContent: { reasoningText: { text: 'hm' } } }, 'reasoningContent'],
    ['user', { toolAddition: { tool: { name: 'a' } } }, 'toolAddition'],
    ['user', { toolRemoval: { tool: { name: 'a' } } }, 'toolRemoval'],
    ['assistant', RESULT, 'toolResult'],
    ['assistant', { image: { format: 'png', ...media } }, 'image'],
    ['assistant', { document: { name: 'd', ...media } }, 'document'],
    ['assistant', { video: { format: 'mp4', ...media } }, 'video'],
    ['assistant', { audio: { format: 'wav', ...media } }, 'audio'],
    ['assistant', { toolAddition: { tool: { name: 'a' } } }, 'toolAddition'],
    ['system', { image: { format: 'png', ...media } }, 'image'],
    ['system', CALL, 'toolUse'],
    ['system', RESULT, 'toolResult'],
    ['system', { searchResult: { source: 's', title: 't', content: [] } }, 'searchResult'],
  ])('a message of the role %s cannot contain %j', (role, block, member) => {
    expect(refusalOf(() => mapMessages([HELLO, { role, content: [block] }]))).toBe(
      `ValidationException: The value at messages.1.content.0.${member} is not supported: a message of the role ${role} cannot hold it.`,
    );
  });
});
