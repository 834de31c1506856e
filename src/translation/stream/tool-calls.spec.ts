import { BUFFERED, LIVE, chunk, finish } from '../../../test/support/stream-mapping.js';
import { END, F, G, call, joined, lines, says } from '../../../test/support/streamed-calls.js';

/** Streams that are equivalent to whole messages, as deltas and the inputs that clients read. */
const TWO_CALLS: [string, unknown[]][] = [
  [
    'as OpenAI sends them',
    [
      says(call(0, 'a', 'f', '')),
      says(call(0, undefined, undefined, '{"x"')),
      says(call(0, undefined, undefined, ':1}')),
      says(call(1, 'b', 'g', '')),
      says(call(1, undefined, undefined, '{"y":2}')),
    ],
  ],
  ['whole, in one delta', [says(call(0, 'a', 'f', '{"x":1}'), call(1, 'b', 'g', '{"y":2}'))]],
  [
    'whole, with the index 0 for both',
    [says(call(0, 'a', 'f', '{"x":1}')), says(call(0, 'b', 'g', '{"y":2}'))],
  ],
  [
    'whole, without an index',
    [says(call(undefined, 'a', 'f', '{"x":1}'), call(undefined, 'b', 'g', '{"y":2}'))],
  ],
  [
    'in pieces, with the index 0 for both',
    [
      says(call(0, 'a', 'f', '')),
      says(call(0, undefined, undefined, '{"x":1}')),
      says(call(0, 'b', 'g', '')),
      says(call(0, undefined, undefined, '{"y":2}')),
    ],
  ],
  [
    'in turn, told apart by their index',
    [
      says(call(0, 'a', 'f', '{"x"'), call(1, 'b', 'g', '{"y"')),
      says(call(0, undefined, undefined, ':1'), call(1, undefined, undefined, ':2')),
      says(call(1, undefined, undefined, '}'), call(0, undefined, undefined, '}')),
    ],
  ],
  [
    'in turn, told apart by their id',
    [
      says(call(0, 'a', 'f', '{"x":'), call(0, 'b', 'g', '{"y":')),
      says(call(0, 'a', undefined, '1}')),
      says(call(0, 'b', undefined, '2}')),
    ],
  ],
  [
    'with their id and name on every piece',
    [
      says(call(0, 'a', 'f', '{"x":')),
      says(call(0, 'a', 'f', '1}')),
      says(call(1, 'b', 'g', '{"y":')),
      says(call(1, 'b', 'g', '2}')),
    ],
  ],
  [
    'with an index that counts the pieces',
    [
      says(call(0, 'a', 'f', '{"x":')),
      says(call(1, 'a', undefined, '1}')),
      says(call(2, 'b', 'g', '{"y":')),
      says(call(3, 'b', undefined, '2}')),
    ],
  ],
  [
    'with a late id, a late name and empty ones behind',
    [
      says(call(0, '', 'f', '')),
      says(call(0, 'a', '', '{"x":1}')),
      says(call(1, 'b', null, '{"y":2')),
      says(call(1, '', 'g', '}'), call(1, undefined, '', '')),
    ],
  ],
  ['with objects for arguments', [says(call(0, 'a', 'f', { x: 1 })), says(call(1, 'b', 'g', { y: 2 }))]],
  [
    'with whitespace between',
    [
      says(call(0, 'a', 'f', '{"x":1}')),
      chunk({ content: '\n' }),
      says(call(1, 'b', 'g', '{"y":2}')),
      chunk({ content: ' ' }),
    ],
  ],
  [
    'behind whitespace',
    [chunk({ content: '\n\n' }), says(call(0, 'a', 'f', '{"x":1}'), call(1, 'b', 'g', '{"y":2}'))],
  ],
];

describe('tool calls in a stream', () => {
  describe.each([
    ['live', LIVE],
    ['buffered', BUFFERED],
  ])('%s', (_, target) => {
    it.each(TWO_CALLS)('reads two calls %s', async (_name, chunks) => {
      const expected = ['start', ...F(), ...G(), 'end tool_use'];
      expect(joined(await lines([...chunks, END], target))).toEqual(expected);
    });

    it.each<[string, unknown[], string[]]>([
      [
        'two calls without index and id',
        [says(call(undefined, undefined, 'f', '{"x":1}')), says(call(undefined, undefined, 'g', '{"y":2}'))],
        [...F('tooluse_1'), ...G('tooluse_2')],
      ],
      [
        'two calls of one tool without index and id',
        [says(call(undefined, undefined, 'f', '{}'), call(undefined, undefined, 'f', '{}'))],
        ['0 call tooluse_1 f', '0 input {}', '0 stop', '1 call tooluse_2 f', '1 input {}', '1 stop'],
      ],
      [
        'two calls without arguments, index and id',
        [says(call(undefined, undefined, 'f'), call(undefined, undefined, 'f'))],
        ['0 call tooluse_1 f', '0 input {}', '0 stop', '1 call tooluse_2 f', '1 input {}', '1 stop'],
      ],
      [
        'two calls that share an id',
        [says(call(0, 'a', 'f', '{"x":1}')), says(call(1, 'a', 'g', '{"y":2}'))],
        [...F(), ...G('tooluse_1')],
      ],
      ['an id that clients refuse', [says(call(0, 'a b', 'f', '{"x":1}'))], F('tooluse_1')],
      ['a fresh id on every piece', [says(call(0, 'a', 'f', '{"x":')), says(call(0, 'b', 'f', '1}'))], F()],
      [
        'a name in pieces',
        [says(call(0, 'a', 'get')), says(call(0, undefined, 'Weather', '{}'))],
        ['0 call a getWeather', '0 input {}', '0 stop'],
      ],
      [
        'a name that grows',
        [says(call(0, 'a', 'get')), says(call(0, undefined, 'getWeather', '{}'))],
        ['0 call a getWeather', '0 input {}', '0 stop'],
      ],
      [
        'a name in another spelling',
        [says(call(0, 'a', 'get_weather', '{}'))],
        ['0 call a getWeather', '0 input {}', '0 stop'],
      ],
      ['no arguments', [says(call(0, 'a', 'f', ''))], ['0 call a f', '0 input {}', '0 stop']],
      ['arguments that are null', [says(call(0, 'a', 'f', null))], ['0 call a f', '0 input {}', '0 stop']],
      [
        'arguments that are the text null',
        [says(call(0, 'a', 'f', 'nu')), says(call(0, 'a', undefined, 'll'))],
        ['0 call a f', '0 input {}', '0 stop'],
      ],
      [
        'arguments that are encoded twice',
        [says(call(0, 'a', 'f', '"{\\"x\\"')), says(call(0, 'a', undefined, ':1}"'))],
        F(),
      ],
      [
        'text behind a call without arguments',
        [says(call(0, 'a', 'f')), chunk({ content: 't' })],
        ['0 call a f', '0 input {}', '0 stop', '1 text t', '1 stop'],
      ],
      [
        'text and reasoning behind a call',
        [says(call(0, 'a', 'f', '{"x":1}')), chunk({ content: 't' }), chunk({ reasoning: 'r' })],
        [...F(), '1 text t', '1 stop', '2 reasoning r', '2 signature', '2 stop'],
      ],
      [
        'text amid the pieces of a call',
        [says(call(0, 'a', 'f', '{"x":')), chunk({ content: 't' }), says(call(0, 'a', undefined, '1}'))],
        [...F(), '1 text t', '1 stop'],
      ],
      [
        'text between calls',
        [says(call(0, 'a', 'f', '{"x":1}')), chunk({ content: 't' }), says(call(1, 'b', 'g', '{"y":2}'))],
        [...F(), '1 text t', '1 stop', '2 call b g', '2 input {"y":2}', '2 stop'],
      ],
      [
        'text before a call in the same delta',
        [chunk({ content: 't', tool_calls: [call(0, 'a', 'f', '{}')] })],
        ['0 text t', '0 stop', '1 call a f', '1 input {}', '1 stop'],
      ],
      [
        'a function_call',
        [
          chunk({ function_call: { name: 'f', arguments: '{"x":' } }),
          chunk({ function_call: { arguments: '1}' } }),
        ],
        F('tooluse_1'),
      ],
      [
        'a custom tool',
        [
          says({ index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: 'fr' } }),
          says({ index: 0, custom: { input: 'ee' } }),
        ],
        ['0 call a f', '0 input {"input":"free"}', '0 stop'],
      ],
    ])('reads %s', async (_name, chunks, expected) => {
      const all = ['start', ...expected, 'end tool_use'];
      expect(joined(await lines([...chunks, END], target))).toEqual(all);
    });

    it.each(['stop', 'tool_calls', 'function_call'])(
      'maps finish_reason %s of a message with calls to tool_use',
      async (reason) => {
        expect(await lines([says(call(0, 'a', 'f', '{"x":1}')), finish(reason)], target)).toEqual([
          'start',
          ...F(),
          'end tool_use',
        ]);
      },
    );

    it('lets tool_calls correct an earlier stop', async () => {
      expect(await lines([finish('stop'), END], target)).toEqual(['start', 'end malformed_tool_use']);
    });

    it('fails when the waiting arguments exceed the limit', async () => {
      const piece = says(call(1, 'b', 'g', 'x'.repeat(300_000)));
      const [last] = (
        await lines([says(call(0, 'a', 'f', '{"x":')), piece, piece, piece, piece], target)
      ).slice(-1);
      expect(last).toMatch('failure UpstreamError: More content waits');
    });

    it('fails when the number of calls exceeds the limit', async () => {
      const many = Array.from({ length: 1_025 }, (_entry, index) =>
        says(call(index, `c${index}`, 'f', '{}')),
      );
      expect((await lines(many, target)).at(-1)).toMatch('failure UpstreamError: More than 1024 tool calls');
    });
  });
});
