import { targetOf } from '../../../test/support/upstream-target.js';
import type { MessageAnswer } from '../../openai/chat-completion.js';
import { decodeReasoningEnvelope } from '../reasoning-envelope.js';
import { ReplayData } from './replay-data.js';

const target = targetOf('generic', { model: 'm' });
const origin = { upstream: 'main', model: 'm' };

const details = [
  { type: 'reasoning.text', text: 'A', format: 'x', index: 0, signature: 's1' },
  { type: 'reasoning.encrypted', data: 'zzz', index: 1, id: 'r1' },
];
const blocks = [
  { type: 'thinking', thinking: 'Hm.', signature: 's1' },
  { type: 'redacted_thinking', data: 'zzz' },
];

function sealed(data: ReplayData) {
  return decodeReasoningEnvelope(data.takeSignature(target, 'reasoning'));
}

describe('the data in the signature of a reasoning block', () => {
  it.each<[string, MessageAnswer, object]>([
    ['nothing', {}, { field: 'reasoning' }],
    ['details', { reasoning_details: details }, { field: 'reasoning_details', data: details }],
    ['thinking blocks', { thinking_blocks: blocks }, { field: 'thinking_blocks', data: blocks }],
    ['no rubbish', { reasoning_details: [null, 1, 'x', []], thinking_blocks: null }, { field: 'reasoning' }],
    [
      'nothing that is too large',
      { reasoning_details: [{ data: 'x'.repeat(70_000) }] },
      { field: 'reasoning' },
    ],
    [
      'nothing that is too deep',
      { reasoning_details: [JSON.parse(`{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}`)] },
      { field: 'reasoning' },
    ],
    [
      'no member that would change a prototype',
      { reasoning_details: [JSON.parse('{"__proto__":{"a":1}}')] },
      { field: 'reasoning' },
    ],
  ])('of a message: %s', (_, message, expected) => {
    const data = new ReplayData();
    data.collect(message);
    expect(sealed(data)).toEqual({ ...origin, ...expected });
  });

  it('of tool calls: thought signatures by tool-use id', () => {
    const data = new ReplayData();
    data.collectToolCall('call_1', { extra_content: { google: { thought_signature: 'sig1' } } });
    data.collectToolCall('__proto__', { extra_content: { google: { thought_signature: 'sig2' } } });
    data.collectToolCall('call_3', { extra_content: { google: { thought_signature: 5 } } });
    data.collectToolCall('call_4', {});
    const signatures = Object.entries(sealed(data)?.data ?? {});
    expect(signatures).toEqual([
      ['call_1', 'sig1'],
      ['__proto__', 'sig2'],
    ]);
  });

  it.each<[string, MessageAnswer[], object[]]>([
    [
      'OpenRouter: texts of one index are put together',
      [
        { reasoning_details: [{ type: 'reasoning.text', text: 'A', index: 0, format: 'x' }] },
        { reasoning_details: [{ type: 'reasoning.text', text: 'A', index: 0, format: 'x' }] },
        { reasoning_details: [{ type: 'reasoning.text', text: 'B', index: 1, format: 'x' }] },
        { reasoning_details: [{ type: 'reasoning.text', text: null, index: 1, signature: 's' }] },
      ],
      [
        { type: 'reasoning.text', text: 'AA', index: 0, format: 'x' },
        { type: 'reasoning.text', text: 'B', index: 1, format: 'x', signature: 's' },
      ],
    ],
    [
      'OpenRouter: encrypted data come whole',
      [
        { reasoning_details: [{ type: 'reasoning.encrypted', data: 'A', index: 0 }] },
        { reasoning_details: [{ type: 'reasoning.encrypted', data: 'B', index: 0 }] },
      ],
      [
        { type: 'reasoning.encrypted', data: 'A', index: 0 },
        { type: 'reasoning.encrypted', data: 'B', index: 0 },
      ],
    ],
    [
      'LiteLLM: a signature ends a block',
      [
        { thinking_blocks: [{ type: 'thinking', thinking: 'A', signature: '' }] },
        { thinking_blocks: [{ type: 'thinking', thinking: 'B' }] },
        { thinking_blocks: [{ type: 'thinking', thinking: '', signature: 's1' }] },
        { thinking_blocks: [{ type: 'thinking', thinking: 'C', signature: 's2' }] },
      ],
      [
        { type: 'thinking', thinking: 'AB', signature: 's1' },
        { type: 'thinking', thinking: 'C', signature: 's2' },
      ],
    ],
  ])('of deltas: %s', (_, deltas, expected) => {
    const data = new ReplayData();
    for (const delta of deltas) data.collectDelta(delta);
    expect(sealed(data)?.data).toEqual(expected);
  });

  it('are written once', () => {
    const data = new ReplayData();
    data.collect({ reasoning_details: details });
    data.takeSignature(target, 'reasoning');
    expect(sealed(data)).toEqual({ ...origin, field: 'reasoning' });
  });

  it('are dropped when they grow too large in a stream', () => {
    const data = new ReplayData();
    for (let count = 0; count < 1_000; count += 1) {
      data.collectDelta({ reasoning_details: [{ type: 'reasoning.text', text: 'x'.repeat(100), index: 0 }] });
    }
    expect(sealed(data)).toEqual({ ...origin, field: 'reasoning' });
  });

  it('are read without changing the message', () => {
    const first = { type: 'reasoning.text', text: 'A', index: 0 };
    const data = new ReplayData();
    data.collectDelta({ reasoning_details: [first] });
    data.collectDelta({ reasoning_details: [{ type: 'reasoning.text', text: 'B', index: 0 }] });
    expect(first.text).toBe('A');
  });
});
