import { BUFFERED, LIVE, chunk } from '../../../test/support/stream-mapping.js';
import { END, F, G, call, joined, lines, says } from '../../../test/support/streamed-calls.js';

/** Forms of a call that are not OpenAI's. */
describe.each([
  ['live', LIVE],
  ['buffered', BUFFERED],
])('tool calls in a stream, %s', (_, target) => {
  it.each<[string, unknown[], string[]]>([
    [
      'a function_call beside an empty list',
      [
        chunk({ tool_calls: [], function_call: { name: 'f', arguments: '' } }),
        chunk({ tool_calls: [], function_call: { arguments: '{"x":' } }),
        chunk({ tool_calls: null, function_call: { name: null, arguments: '1}' } }),
      ],
      F('tooluse_1'),
    ],
    [
      'a function_call with its name on every piece',
      [
        chunk({ function_call: { name: 'f', arguments: '{"x":' } }),
        chunk({ function_call: { name: 'f', arguments: '1}' } }),
      ],
      F('tooluse_1'),
    ],
    [
      'a whole function_call',
      [chunk({ content: null, function_call: { name: 'f', arguments: '{"x":1}' } })],
      F('tooluse_1'),
    ],
    [
      'an object in place of a list of calls',
      [
        chunk({ tool_calls: call(0, 'a', 'f', '{"x"') }),
        chunk({ tool_calls: call(0, '', null, ':1') }),
        chunk({ tool_calls: call(0, '', null, '}') }),
      ],
      F(),
    ],
    [
      'two objects in place of lists of calls',
      [
        chunk({ tool_calls: call(0, 'a', 'f', '{"x":1}') }),
        chunk({ tool_calls: call(1, 'b', 'g', '{"y":2}') }),
      ],
      [...F(), ...G()],
    ],
    [
      'a name with a namespace',
      [says(call(0, 'a', 'functions.getWeather', '{}'))],
      ['0 call a getWeather', '0 input {}', '0 stop'],
    ],
    [
      'a name in pieces, with a namespace',
      [
        says(call(0, 'a', 'functions')),
        says(call(0, undefined, '.get')),
        says(call(0, undefined, 'Weather', '{}')),
      ],
      ['0 call a getWeather', '0 input {}', '0 stop'],
    ],
    [
      'two calls with a namespace, without index, id and arguments',
      [says(call(undefined, undefined, 'functions.f')), says(call(undefined, undefined, 'functions.g'))],
      ['0 call tooluse_1 f', '0 input {}', '0 stop', '1 call tooluse_2 g', '1 input {}', '1 stop'],
    ],
  ])('reads %s', async (_name, chunks, expected) => {
    const all = ['start', ...expected, 'end tool_use'];
    expect(joined(await lines([...chunks, END], target))).toEqual(all);
  });
});
