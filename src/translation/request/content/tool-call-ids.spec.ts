import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { MessageDto } from '../../../bedrock/converse/message.dto.js';
import type { DialectName } from '../../../config/dialect-names.js';
import { HELLO, mapMessages } from '../../../../test/support/map-request.js';
import { ToolCallIds } from './tool-call-ids.js';

/** The form of vLLM's ids: 46 characters. */
const LONG = 'chatcmpl-tool-0123456789abcdef0123456789abcdef';
const digest = (text: string) => createHash('sha256').update(text).digest();
const FORMS = { max40: /^.{1,40}$/, alnum9: /^[a-zA-Z0-9]{9}$/ };

describe('tool-use id → tool call id', () => {
  it.each<[string, 'any' | 'max40' | 'alnum9', string, string]>([
    ['as it is, however long', 'any', LONG, LONG],
    ['of 46 characters, where 40 are allowed', 'max40', LONG, 'call_q0Mo99gAhn7Klb5MFtlRQJ'],
    ['of 41 characters, where 40 are allowed', 'max40', 'x'.repeat(41), 'call_ncRlw5MOsBfoG3jVTnGEcd'],
    ['of 40 characters, where they are allowed', 'max40', 'x'.repeat(40), 'x'.repeat(40)],
    ['that is no plain word, where 40 are allowed', 'max40', 'functions.look:0', 'functions.look:0'],
    ['of nine letters and digits', 'alnum9', 'Abc123xyz', 'Abc123xyz'],
    ['of nine characters with others', 'alnum9', 'Abc-23xyz', 'LxL0MeKqu'],
  ])('an id %s: %s', (_, policy, toolUseId, expected) => {
    expect(new ToolCallIds(policy, digest).of(toolUseId)).toBe(expected);
  });

  it.each(['max40', 'alnum9'] as const)(
    'gives different ids different call ids, and the same id always the same: %s',
    (policy) => {
      const id = fc.stringMatching(/^[a-zA-Z0-9_.:-]{1,64}$/);
      fc.assert(
        fc.property(fc.uniqueArray(id, { maxLength: 20 }), (toolUseIds) => {
          const ids = new ToolCallIds(policy, digest);
          const first = toolUseIds.map((toolUseId) => ids.of(toolUseId));
          expect(new Set(first).size).toBe(toolUseIds.length);
          expect(first.filter((one) => !FORMS[policy].test(one))).toEqual([]);
          expect(toolUseIds.map((toolUseId) => ids.of(toolUseId))).toEqual(first);
        }),
      );
    },
  );

  it.each(['max40', 'alnum9'] as const)(
    'gives different call ids even if the digests are equal: %s',
    (policy) => {
      // the digest depends only on the attempt that is appended to a text
      const weak = (text: string) => digest(text.slice(text.indexOf(' ')));
      const ids = new ToolCallIds(policy, weak);
      const long = ['a', 'b', 'c'].map((letter) => letter.repeat(50));
      const made = long.map((toolUseId) => ids.of(toolUseId));
      // the client's own id is what the proxy made of another
      const given = [...made, ...made.map((toolUseId) => ids.of(toolUseId))];
      expect(new Set(given).size).toBe(given.length);
    },
  );
});

describe('the ids of a conversation', () => {
  const messages: MessageDto[] = [
    HELLO,
    {
      role: 'assistant',
      content: [
        { toolUse: { toolUseId: LONG, name: 'f', input: {} } },
        { toolUse: { toolUseId: 'call_1', name: 'f', input: {} } },
      ],
    },
    {
      role: 'user',
      content: [
        { toolResult: { toolUseId: 'call_1', content: [{ text: 'one' }] } },
        { toolResult: { toolUseId: LONG, content: [{ text: 'two' }] } },
      ],
    },
  ];

  // the same request goes to one after the other, when a target fails
  it.each<[DialectName, string]>([
    ['vllm', LONG],
    ['openai', 'call_q0Mo99gAhn7Klb5MFtlRQJ'],
    ['azure', 'call_q0Mo99gAhn7Klb5MFtlRQJ'],
    ['generic', LONG],
  ])('are the same in calls and results: %s', (dialect, id) => {
    const call = (toolCallId: string) => ({
      id: toolCallId,
      type: 'function',
      function: { name: 'f', arguments: '{}' },
    });
    expect(mapMessages(messages, dialect).slice(1)).toEqual([
      { role: 'assistant', content: null, tool_calls: [call(id), call('call_1')] },
      { role: 'tool', tool_call_id: 'call_1', content: 'one' },
      { role: 'tool', tool_call_id: id, content: 'two' },
    ]);
  });
});
