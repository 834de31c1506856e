import { targetOf } from '../../../test/support/upstream-target.js';
import type { OutputContentBlock } from '../../bedrock/converse/converse-response.js';
import type { ChoiceAnswer, MessageAnswer } from '../../openai/chat-completion.js';
import { encodeReasoningEnvelope, type ReasoningField } from '../reasoning-envelope.js';
import { ResponseMapper } from './response.mapper.js';

const toolConfig = { tools: [{ toolSpec: { name: 'getWeather', inputSchema: { json: {} } } }] };

function mapper(): ResponseMapper {
  let count = 0;
  return new ResponseMapper({
    unsupportedParameters: 'ignore',
    newToolUseId: () => `tooluse_${++count}`,
    digest: () => new Uint8Array(32),
  });
}

const target = targetOf('generic', { model: 'm' });

function outcome(message: MessageAnswer, finish_reason = 'stop'): unknown[] {
  const choices: ChoiceAnswer[] = [{ index: 0, finish_reason, message }];
  const { output, stopReason } = mapper().map({ choices }, { toolConfig }, target, 1);
  return [stopReason, ...output.message.content];
}

function reasoning(text: string, field: ReasoningField, data?: unknown): OutputContentBlock {
  const signature = encodeReasoningEnvelope({ upstream: 'main', model: 'm', field, data });
  return { reasoningContent: { reasoningText: { text, signature } } };
}

function call(args: unknown, id = 'call_1') {
  return { id, type: 'function', function: { name: 'getWeather', arguments: args } };
}

function use(input: object, toolUseId = 'call_1', name = 'getWeather') {
  return { toolUse: { toolUseId, name, input } };
}

const thinking = { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] };
const blocks = [
  { type: 'redacted_thinking', data: 'r0' },
  { type: 'thinking', thinking: 'A', signature: 's1' },
  { type: 'redacted_thinking', data: 'r1' },
  { type: 'thinking', thinking: 'B', signature: 's2' },
];
const details = [{ type: 'reasoning.encrypted', data: 'x' }];

describe('message → content: text and reasoning', () => {
  it.each<[string, MessageAnswer, unknown[]]>([
    ['a text', { content: 'Hi' }, [{ text: 'Hi' }]],
    ['null', { content: null }, []],
    ['an empty text', { content: '' }, []],
    ['nothing', {}, []],
    ['blank text', { content: '\n' }, [{ text: '\n' }]],
    [
      'parts',
      {
        content: [
          { type: 'text', text: 'H' },
          { type: 'text', text: 'i' },
        ],
      },
      [{ text: 'Hi' }],
    ],
    ['parts of rubbish', { content: [null, 1, {}, [], { text: 5 }, { type: 'image_url' }] }, []],
    ['a refusal', { content: null, refusal: 'No.' }, [{ text: 'No.' }]],
    ['a text and a refusal', { content: 'Hm', refusal: 'No.' }, [{ text: 'Hm' }, { text: 'No.' }]],
    ['spoken words', { content: null, audio: { transcript: 'Hi' } }, [{ text: 'Hi' }]],
    ['a text and spoken words', { content: 'Hi', audio: { transcript: 'Hi' } }, [{ text: 'Hi' }]],
    ['think tags stay text', { content: '<think>Hm.</think>Hi' }, [{ text: '<think>Hm.</think>Hi' }]],
    [
      'reasoning before text',
      { content: 'Hi', reasoning_content: 'Hm.' },
      [reasoning('Hm.', 'reasoning_content'), { text: 'Hi' }],
    ],
    [
      'OpenRouter: details travel in the signature',
      { content: 'Hi', reasoning: 'Hm.', reasoning_details: details },
      [reasoning('Hm.', 'reasoning_details', details), { text: 'Hi' }],
    ],
    [
      'OpenRouter: details without a text have no block',
      { content: 'Hi', reasoning_details: details },
      [{ text: 'Hi' }],
    ],
    [
      'LiteLLM: a block for each thinking block',
      { content: 'Hi', reasoning_content: 'AB', thinking_blocks: blocks },
      [
        reasoning('A', 'thinking_blocks', blocks.slice(0, 3)),
        reasoning('B', 'thinking_blocks', blocks.slice(3)),
        { text: 'Hi' },
      ],
    ],
    [
      'LiteLLM: redacted blocks travel with the text',
      { content: 'Hi', reasoning_content: 'A', thinking_blocks: blocks.slice(0, 1) },
      [reasoning('A', 'thinking_blocks', blocks.slice(0, 1)), { text: 'Hi' }],
    ],
    [
      'Mistral: parts keep their order',
      {
        content: [
          thinking,
          { type: 'text', text: 'H' },
          { type: 'text', text: 'i' },
          thinking,
          { type: 'text', text: '!' },
        ],
      },
      [reasoning('Hm.', 'thinking'), { text: 'Hi' }, reasoning('Hm.', 'thinking'), { text: '!' }],
    ],
    [
      'Mistral: parts beside a field are not told twice',
      { reasoning_content: 'Hm.', content: [thinking, { type: 'text', text: 'Hi' }] },
      [reasoning('Hm.', 'reasoning_content'), { text: 'Hi' }],
    ],
  ])('%s', (_, message, content) => {
    expect(outcome(message)).toStrictEqual(['end_turn', ...content]);
  });

  it('ignores annotations', () => {
    const annotations = [{ type: 'url_citation', url_citation: { url: 'https://example.com', title: 't' } }];
    expect(outcome({ content: 'Hi', annotations } as MessageAnswer)).toStrictEqual([
      'end_turn',
      { text: 'Hi' },
    ]);
  });
});

describe('message → content: tool calls', () => {
  it.each<[string, MessageAnswer, string, unknown[]]>([
    ['one', { content: null, tool_calls: [call('{"a":1}')] }, 'tool_calls', ['tool_use', use({ a: 1 })]],
    ['finish stop', { tool_calls: [call('{}')] }, 'stop', ['tool_use', use({})]],
    [
      'after reasoning and text',
      { reasoning: 'Hm.', content: 'Look:', tool_calls: [call('{}')] },
      'tool_calls',
      ['tool_use', reasoning('Hm.', 'reasoning'), { text: 'Look:' }, use({})],
    ],
    [
      'a blank text before is left out',
      { content: '\n\n', tool_calls: [call('{}')] },
      'tool_calls',
      ['tool_use', use({})],
    ],
    [
      'ids that are the same',
      { tool_calls: [call('{}'), call('{}')] },
      'tool_calls',
      ['tool_use', use({}), use({}, 'tooluse_1')],
    ],
    [
      'an id that clients refuse',
      { tool_calls: [call('{}', 'call 1')] },
      'tool_calls',
      ['tool_use', use({}, 'tooluse_1')],
    ],
    [
      'a name in another case',
      { tool_calls: [{ id: 'call_1', function: { name: 'get_weather', arguments: '{}' } }] },
      'tool_calls',
      ['tool_use', use({})],
    ],
    ['one that is no list', { tool_calls: call('{"a":1}') }, 'stop', ['tool_use', use({ a: 1 })]],
    [
      'a name with a namespace',
      { tool_calls: [{ id: 'call_1', function: { name: 'functions.getWeather', arguments: '{}' } }] },
      'tool_calls',
      ['tool_use', use({})],
    ],
    [
      'the old form with other words',
      { content: '', function_call: { name: 'getWeather', arguments: { a: 1 } } },
      'stop',
      ['tool_use', use({ a: 1 }, 'tooluse_1')],
    ],
    [
      'the old form',
      { function_call: { name: 'getWeather', arguments: '{"a":1}' }, tool_calls: [] },
      'function_call',
      ['tool_use', use({ a: 1 }, 'tooluse_1')],
    ],
    [
      'a custom tool',
      { tool_calls: [{ id: 'call_1', type: 'custom', custom: { name: 'shell', input: 'ls -l' } }] },
      'tool_calls',
      ['tool_use', use({ input: 'ls -l' }, 'call_1', 'shell')],
    ],
    ['empty arguments', { tool_calls: [call('')] }, 'tool_calls', ['tool_use', use({})]],
    ['arguments of null', { tool_calls: [call(null)] }, 'tool_calls', ['tool_use', use({})]],
    [
      'arguments that are an object',
      { tool_calls: [call({ a: 1 })] },
      'tool_calls',
      ['tool_use', use({ a: 1 })],
    ],
    [
      'arguments encoded twice',
      { tool_calls: [call('"{\\"a\\":1}"')] },
      'tool_calls',
      ['tool_use', use({ a: 1 })],
    ],
    [
      'broken arguments',
      { content: 'Hm', tool_calls: [call('{"a":')] },
      'tool_calls',
      ['malformed_tool_use', { text: 'Hm' }],
    ],
    [
      'broken arguments between whole ones',
      { tool_calls: [call('{}', 'a'), call('[1]', 'b'), call('{}', 'c')] },
      'stop',
      ['malformed_tool_use', use({}, 'a'), use({}, 'c')],
    ],
    [
      'arguments cut by the limit',
      { tool_calls: [call('{}', 'a'), call('{"a":', 'b')] },
      'length',
      ['max_tokens', use({}, 'a')],
    ],
    [
      'cut before the arguments',
      { tool_calls: [call('', 'a'), call('', 'b')] },
      'length',
      ['max_tokens', use({}, 'a')],
    ],
    ['whole at the limit', { tool_calls: [call('{"a":1}')] }, 'length', ['max_tokens', use({ a: 1 })]],
    ['cut by the filter', { tool_calls: [call('')] }, 'content_filter', ['content_filtered']],
    [
      'no name',
      { tool_calls: [{ id: 'a', function: { name: ' ', arguments: '{}' } }] },
      'tool_calls',
      ['malformed_tool_use'],
    ],
    ['no function', { tool_calls: [{ id: 'a', type: 'function' }] }, 'tool_calls', ['malformed_tool_use']],
    ['none, but said', { content: '', tool_calls: [] }, 'tool_calls', ['malformed_tool_use']],
    [
      'none, but said, after text',
      { content: 'Hi', tool_calls: null },
      'tool_calls',
      ['end_turn', { text: 'Hi' }],
    ],
    [
      'Gemini: signatures travel with the reasoning',
      {
        reasoning_content: 'Hm.',
        tool_calls: [{ ...call('{}'), extra_content: { google: { thought_signature: 'sig' } } }],
      },
      'stop',
      ['tool_use', reasoning('Hm.', 'reasoning_content', { call_1: 'sig' }), use({})],
    ],
  ])('%s', (_, message, finishReason, expected) => {
    expect(outcome(message, finishReason)).toStrictEqual(expected);
  });

  it('ignores invalid tool calls', () => {
    const rubbish: unknown = { content: 5, tool_calls: [null, 1, 'x', []], function_call: 'f' };
    // an assertion at a boundary: an upstream may send anything
    expect(outcome(rubbish as MessageAnswer)).toStrictEqual(['end_turn']);
  });
});
