import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import type { DialectName } from '../../config/dialect-names.js';
import { type ConverseRequest, HELLO, mapRequest } from '../../../test/support/map-request.js';
import { encodeReasoningEnvelope } from '../reasoning-envelope.js';

const SIGNATURE = encodeReasoningEnvelope({ upstream: 'main', model: 'a-model', field: 'reasoning_content' });
const OWN: ContentBlockDto = { reasoningContent: { reasoningText: { text: 'hm', signature: SIGNATURE } } };
const FOREIGN: ContentBlockDto = { reasoningContent: { reasoningText: { text: 'eh', signature: 'Eq' } } };
const CALL: ContentBlockDto = { toolUse: { toolUseId: 't1', name: 'look', input: {} } };
const RESULT: MessageDto = { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [] } }] };
const TEXT: ContentBlockDto = { text: 'A.' };
const ANSWER_AND_MORE: MessageDto = { role: 'user', content: [...RESULT.content, { text: 'And?' }] };
const TOOLS = {
  toolConfig: { tools: [{ toolSpec: { name: 'look', inputSchema: { json: { type: 'object' } } } }] },
};

const says = (...content: ContentBlockDto[]): MessageDto => ({ role: 'assistant', content });

/** The reasoning of each assistant message, and the paths of the ignored members. */
function reasoningOf(
  messages: MessageDto[],
  request: ConverseRequest = {},
  dialect: DialectName = 'deepseek',
): unknown {
  const { params, ignored } = mapRequest({ messages, ...request }, dialect);
  const turns = params.messages.filter((message) => message.role === 'assistant');
  return [turns.map(({ reasoning_content }) => reasoning_content), ...ignored];
}

describe('reasoning is sent back to DeepSeek', () => {
  it.each<[string, MessageDto[], ConverseRequest, unknown[]]>([
    ['of the running tool loop', [HELLO, says(OWN, CALL), RESULT], {}, [['hm']]],
    [
      'of a tool loop before the next question, its answer included',
      [HELLO, says(OWN, CALL), RESULT, says(OWN, TEXT), HELLO],
      {},
      [['hm', 'hm']],
    ],
    [
      'of two tool loops',
      [HELLO, says(OWN, CALL), RESULT, HELLO, says(OWN, CALL), RESULT],
      {},
      [['hm', 'hm']],
    ],
    [
      'not of a question without a tool call',
      [HELLO, says(OWN, TEXT), HELLO, says(OWN, CALL), RESULT],
      {},
      [[undefined, 'hm'], 'messages.1.content.0.reasoningContent'],
    ],
    ['of every question where tools are declared', [HELLO, says(OWN, TEXT), HELLO], TOOLS, [['hm']]],
    [
      'of a loop that ends with a result and a question in one',
      [HELLO, says(OWN, CALL), ANSWER_AND_MORE, says(OWN, TEXT), HELLO],
      {},
      [['hm', undefined], 'messages.3.content.0.reasoningContent'],
    ],
  ])('%s', (_, messages, request, expected) => {
    expect(reasoningOf(messages, request)).toEqual(expected);
  });
});

describe('DeepSeek gets a space in place of lost reasoning', () => {
  const OFF = { additionalModelRequestFields: { thinking: { type: 'disabled' } } };
  const ON = { additionalModelRequestFields: { thinking: { type: 'enabled' } } };

  it.each<[string, MessageDto[], ConverseRequest, unknown[]]>([
    ['in a tool loop', [HELLO, says(CALL), RESULT], {}, [[' ']]],
    ['where thinking is asked for', [HELLO, says(CALL), RESULT], ON, [[' ']]],
    [
      'where it was the reasoning of another model',
      [HELLO, says(FOREIGN, CALL), RESULT],
      {},
      [[' '], 'messages.1.content.0.reasoningContent'],
    ],
    [
      'in an earlier loop',
      [HELLO, says(CALL), RESULT, says(TEXT), HELLO, says(TEXT), HELLO],
      {},
      [[' ', ' ', undefined]],
    ],
    ['in every turn where tools are declared', [HELLO, says(TEXT), HELLO], TOOLS, [[' ']]],
    ['but not where nothing is owed', [HELLO, says(TEXT), HELLO], {}, [[undefined]]],
    ['but not where it does not think', [HELLO, says(CALL), RESULT], OFF, [[undefined]]],
    ['but not in the beginning of an answer', [HELLO, says(TEXT)], TOOLS, [[undefined]]],
  ])('%s', (_, messages, request, expected) => {
    expect(reasoningOf(messages, request)).toEqual(expected);
  });

  it.each<DialectName>(['generic', 'openai', 'ollama', 'litellm', 'openrouter', 'vllm'])(
    'and no other server does: %s',
    (dialect) => {
      expect(reasoningOf([HELLO, says(CALL), RESULT], TOOLS, dialect)).toEqual([[undefined]]);
    },
  );
});
