import fc from 'fast-check';
import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConversationRole, MessageDto } from '../../bedrock/converse/message.dto.js';
import { HELLO, mapMessages, mapRequest, refusalOf } from '../../../test/support/map-request.js';

const use = (toolUseId: string): ContentBlockDto => ({ toolUse: { toolUseId, name: 'f', input: {} } });
const result = (toolUseId: string): ContentBlockDto => ({
  toolResult: { toolUseId, content: [{ text: `of ${toolUseId}` }] },
});
const message =
  (role: ConversationRole) =>
  (...content: ContentBlockDto[]): MessageDto => ({ role, content });
const [user, assistant, system] = [message('user'), message('assistant'), message('system')];

const called = (...ids: string[]) =>
  ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } }));
const answered = (id: string) => ({ role: 'tool', tool_call_id: id, content: `of ${id}` });
const A_AND_B = { role: 'assistant', content: null, tool_calls: called('a', 'b') };

describe('a turn in several messages', () => {
  it.each<[string, MessageDto[], unknown[]]>([
    [
      'a message for every result',
      [assistant(use('a'), use('b')), user(result('a')), user(result('b'))],
      [A_AND_B, answered('a'), answered('b')],
    ],
    [
      'a message for every result, in another order',
      [assistant(use('a'), use('b')), user(result('b')), user(result('a'))],
      [A_AND_B, answered('b'), answered('a')],
    ],
    [
      'text between the results comes behind them',
      [assistant(use('a'), use('b')), user(result('a'), { text: 'One' }), user(result('b'), { text: 'Two' })],
      [
        A_AND_B,
        answered('a'),
        answered('b'),
        { role: 'user', content: 'One' },
        { role: 'user', content: 'Two' },
      ],
    ],
    [
      'text before the results comes behind them',
      [assistant(use('a')), user({ text: 'One' }), user(result('a'))],
      [
        { role: 'assistant', content: null, tool_calls: called('a') },
        answered('a'),
        { role: 'user', content: 'One' },
      ],
    ],
    [
      'text and system texts keep their order behind the results',
      [
        assistant(use('a'), use('b')),
        user(result('a'), { text: 'One' }),
        system({ text: 'S' }),
        user(result('b')),
      ],
      [
        A_AND_B,
        answered('a'),
        answered('b'),
        { role: 'user', content: 'One' },
        { role: 'system', content: 'S' },
      ],
    ],
    [
      'a message for every call',
      [assistant({ text: 'Look:' }, use('a')), assistant(use('b')), user(result('a'), result('b'))],
      [{ ...A_AND_B, content: 'Look:' }, answered('a'), answered('b')],
    ],
    [
      'text behind a call',
      [assistant(use('a')), assistant({ text: 'Wait.' }), user(result('a'))],
      [{ role: 'assistant', content: 'Wait.', tool_calls: called('a') }, answered('a')],
    ],
    [
      'text before a call is a message of its own',
      [assistant({ text: 'Look:' }), assistant(use('a')), user(result('a'))],
      [
        { role: 'assistant', content: 'Look:' },
        { role: 'assistant', content: null, tool_calls: called('a') },
        answered('a'),
      ],
    ],
    [
      'one turn after the other',
      [assistant(use('a')), user(result('a')), assistant(use('a')), user(result('a')), user({ text: 'Go' })],
      [
        { role: 'assistant', content: null, tool_calls: called('a') },
        answered('a'),
        { role: 'assistant', content: null, tool_calls: called('a') },
        answered('a'),
        { role: 'user', content: 'Go' },
      ],
    ],
  ])('%s', (_, messages, expected) => {
    expect(mapMessages([HELLO, ...messages]).slice(1)).toEqual(expected);
  });

  it.each<[string, MessageDto[], string]>([
    [
      'a result is missing',
      [assistant(use('a'), use('b')), user(result('a')), user({ text: 'Go' })],
      'Expected toolResult blocks at messages.2.content for the following Ids: b',
    ],
    [
      'a result is missing before the next turn',
      [assistant(use('a'), use('b')), user(result('a')), assistant({ text: 'Hi' }), user(result('b'))],
      'Expected toolResult blocks at messages.2.content for the following Ids: b',
    ],
    [
      'a call without a result before another call',
      [assistant(use('a')), user({ text: 'Go' }), assistant(use('b')), user(result('b'))],
      'Expected toolResult blocks at messages.2.content for the following Ids: a',
    ],
    [
      'results of a turn before the last',
      [assistant(use('a')), user(result('a')), assistant({ text: 'Hi' }), user(result('a'))],
      'The number of toolResult blocks at messages.4.content exceeds the number of toolUse blocks of previous turn.',
    ],
    [
      'more results than calls',
      [assistant(use('a')), user(result('a')), user(result('b'))],
      'The number of toolResult blocks at messages.3.content exceeds the number of toolUse blocks of previous turn.',
    ],
    [
      'a stranger, and then all results',
      [assistant(use('a')), user(result('x')), user(result('a'))],
      'The number of toolResult blocks at messages.3.content exceeds the number of toolUse blocks of previous turn.',
    ],
    [
      'one result twice',
      [assistant(use('a'), use('b')), user(result('a')), user(result('a'))],
      'The toolResult blocks at messages.3.content contain duplicate Ids: a',
    ],
    [
      'one call twice',
      [assistant(use('a')), assistant(use('a')), user(result('a'))],
      'The toolUse blocks at messages.2.content contain duplicate Ids: a',
    ],
  ])('is refused: %s', (_, messages, reason) => {
    expect(refusalOf(() => mapRequest({ messages: [HELLO, ...messages] }))).toBe(
      `ValidationException: ${reason}`,
    );
  });

  it('joins reasoning that is sent back', () => {
    // the content of the proxy's signature: the upstream, the model and the field
    const seal = { v: 1, up: 'main', m: 'a-model', f: 'reasoning_content' };
    const signature = `brp1.${Buffer.from(JSON.stringify(seal)).toString('base64url')}`;
    const thought = (text: string): ContentBlockDto => ({
      reasoningContent: { reasoningText: { text, signature } },
    });
    const messages = [HELLO, assistant(thought('One.'), use('a')), assistant(thought('Two.'), use('b'))];
    const [, message] = mapMessages([...messages, user(result('a'), result('b'))], 'deepseek');
    expect(message).toEqual({ ...A_AND_B, content: '', reasoning_content: 'One.\nTwo.' });
  });

  it('is the same wherever it is split', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const text = fc.constantFrom('One', 'Two', 'Three').map((one): ContentBlockDto => ({ text: one }));
    const mixed = (blocks: ContentBlockDto[]) =>
      fc.array(text, { maxLength: 3 }).chain((texts) => {
        const all = [...blocks, ...texts];
        return fc.shuffledSubarray(all, { minLength: all.length });
      });
    const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(
        mixed(ids.slice(1).map(use)),
        mixed(ids.map(result)),
        cuts,
        cuts,
        (calls, results, one, two) => {
          const split = [...pieces([use('a'), ...calls], one, assistant), ...pieces(results, two, user)];
          const whole = [assistant(use('a'), ...calls), user(...results)];
          expect(mapMessages([HELLO, ...split], 'vllm')).toEqual(mapMessages([HELLO, ...whole], 'vllm'));
        },
      ),
    );
  });
});

function pieces(
  blocks: readonly ContentBlockDto[],
  lengths: readonly number[],
  toMessage: (...content: ContentBlockDto[]) => MessageDto,
): MessageDto[] {
  const messages: MessageDto[] = [];
  let start = 0;
  for (const length of lengths) {
    if (start < blocks.length) messages.push(toMessage(...blocks.slice(start, start + length)));
    start += length;
  }
  return messages;
}
