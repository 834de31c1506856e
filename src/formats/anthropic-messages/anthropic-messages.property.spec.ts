import fc from 'fast-check';
import { json } from '../../../test/support/arbitrary-json.js';
import { valueAt, withValueAt } from '../../../test/support/json-path.js';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { ANTHROPIC_MESSAGES } from './anthropic-messages.js';

const { reduce } = ANTHROPIC_MESSAGES;

const CACHED = { cache_control: { type: 'ephemeral' } };
/** A body with every kind of member. */
const COMPLETE: JsonObject = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 64,
  system: [{ type: 'text', text: 'Be brief.', ...CACHED }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hello', ...CACHED },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AQID' } },
        {
          type: 'document',
          title: 'a',
          source: { type: 'content', content: [{ type: 'text', text: 'b' }] },
          citations: { enabled: true },
        },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 'x' },
        { type: 'redacted_thinking', data: 'AQID' },
        { type: 'tool_use', id: 'a', name: 'f', input: {} },
      ],
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'c' }] }],
    },
    { role: 'system', content: 'In French.' },
  ],
  temperature: 0.5,
  stop_sequences: ['END'],
  tools: [
    { name: 'f', input_schema: { type: 'object' }, ...CACHED },
    { type: 'bash_20250124', name: 'bash' },
  ],
  tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  thinking: { type: 'enabled', budget_tokens: 5 },
  output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } },
  metadata: { user_id: 'u' },
};

const PATHS = pathsOf(COMPLETE, '');

describe('A body of Anthropic Messages', () => {
  it('that is complete is accepted', () => {
    expect(reduce(COMPLETE).hints).toEqual([]);
  });

  it('is reduced or refused, wherever it is broken', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...PATHS), json), { maxLength: 3 }), (changes) => {
        const body = changes.reduce<unknown>(changed, COMPLETE);
        try {
          reduce(body as JsonObject); // the body stays an object
        } catch (error) {
          expect(error).toBeInstanceOf(ValidationException);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('of any other form is reduced or refused', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('messages', 'system', 'tools', 'thinking'), json),
        (members) => {
          try {
            reduce({ anthropic_version: 'x', max_tokens: 1, ...members });
          } catch (error) {
            expect(error).toBeInstanceOf(ValidationException);
          }
        },
      ),
    );
  });
});

/** An earlier change may have taken away what a later one is about. */
function changed(body: unknown, [path, value]: readonly [path: string, value: unknown]): unknown {
  const parent = valueAt(body, path.split('.').slice(0, -1).join('.'));
  return typeof parent === 'object' && parent !== null ? withValueAt(body, path, value) : body;
}

function pathsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [here].concat(pathsOf(inner, here));
  });
}

const piece = fc.string({ minLength: 1, maxLength: 5 });
const block = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), pieces: fc.array(piece, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('reasoning' as const), pieces: fc.array(piece, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('toolUse' as const), pieces: fc.array(piece, { maxLength: 3 }) }),
);

type Block = typeof block extends fc.Arbitrary<infer Value> ? Value : never;

describe('A stream of Anthropic Messages', () => {
  it('has its events in the strict order of the SDKs, whatever blocks come', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), fc.boolean(), (blocks, omits) => {
        const thinking = { type: 'adaptive', display: omits ? 'omitted' : 'summarized' };
        const stream = reduce({ ...COMPLETE, thinking }).openStream({ modelId: 'm', id: 'id' });
        const events = eventsOf(blocks).flatMap((event) => stream.write(event));
        const types = events.map((event) => (event as { type: string }).type);
        expect(types.join(' ')).toMatch(
          /^message_start( content_block_start( content_block_delta)* content_block_stop)* message_delta message_stop$/,
        );
        const starts = events.filter((event) => 'content_block' in event);
        expect(starts.map((event) => ('index' in event ? event.index : undefined))).toEqual([
          ...blocks.keys(),
        ]);
      }),
    );
  });
});

function eventsOf(blocks: readonly Block[]): ConverseStreamEvent[] {
  return [
    { messageStart: { role: 'assistant' } },
    ...blocks.flatMap((each, index) => blockEvents(each, index)),
    { messageStop: { stopReason: 'end_turn' } },
    { metadata: { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 }, metrics: { latencyMs: 1 } } },
  ];
}

function blockEvents({ kind, pieces }: Block, contentBlockIndex: number): ConverseStreamEvent[] {
  const start = { contentBlockIndex, start: { toolUse: { toolUseId: 'a', name: 'f' } } };
  const deltas = {
    text: (text: string) => ({ text }),
    reasoning: (text: string) => ({ reasoningContent: { text } }),
    toolUse: (input: string) => ({ toolUse: { input } }),
  };
  return [
    ...(kind === 'toolUse' ? [{ contentBlockStart: start }] : []),
    ...pieces.map((text) => ({ contentBlockDelta: { contentBlockIndex, delta: deltas[kind](text) } })),
    ...(kind === 'reasoning'
      ? [{ contentBlockDelta: { contentBlockIndex, delta: { reasoningContent: { signature: 's' } } } }]
      : []),
    { contentBlockStop: { contentBlockIndex } },
  ];
}
