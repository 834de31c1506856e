import { eventLines } from '../../../test/support/event-lines.js';
import { BUFFERED, LIVE, chunk, finish, mapStream, toolCalls } from '../../../test/support/stream-mapping.js';

const f = (piece: unknown, index = 0) =>
  chunk(toolCalls({ index, id: `f${index}`, function: { name: 'f', arguments: piece } }));
const more = (piece: string, index = 0) => chunk(toolCalls({ index, function: { arguments: piece } }));
const MALFORMED = 'UpstreamError: The arguments of a tool call are malformed';

/** One list of lines for each chunk with events, and the failure. */
async function linesByChunk(chunks: readonly unknown[], target = LIVE): Promise<string[][]> {
  const { batches, error } = await mapStream(
    chunks.map((one) => [one]),
    { target },
  );
  const lines = batches.map((events) => eventLines(events));
  return error === undefined ? lines : [...lines, [String(error)]];
}

describe('BlockSequencer', () => {
  it('streams the first call live, and the next when the first is complete', async () => {
    const chunks = [
      f(''),
      more('{"x"'),
      f('{"y"', 1),
      more(':1}'),
      more(':2', 1),
      more('}', 1),
      finish('tool_calls'),
    ];
    expect(await linesByChunk(chunks)).toEqual([
      ['start'],
      ['0 call f0 f', '0 input {"x"'],
      ['0 input :1}', '0 stop', '1 call f1 f', '1 input {"y"'],
      ['1 input :2'],
      ['1 input }'],
      ['1 stop', 'end tool_use'],
    ]);
  });

  it('holds a buffered call until it is complete and other content follows', async () => {
    const chunks = [f('{"x"'), more(':1}'), chunk({ content: 't' }), finish('stop')];
    expect(await linesByChunk(chunks, BUFFERED)).toEqual([
      ['start'],
      ['0 call f0 f', '0 input {"x":1}', '0 stop', '1 text t'],
      ['1 stop', 'end tool_use'],
    ]);
  });

  it('holds text back while the call before it is incomplete', async () => {
    const chunks = [f('{"x"'), chunk({ content: 't' }), chunk({ content: 'u' }), more(':1}'), finish('stop')];
    expect(await linesByChunk(chunks)).toEqual([
      ['start', '0 call f0 f', '0 input {"x"'],
      ['0 input :1}', '0 stop', '1 text tu'],
      ['1 stop', 'end tool_use'],
    ]);
  });

  it('keeps whitespace that is followed by text', async () => {
    const chunks = [f('{}'), chunk({ content: '\n' }), chunk({ content: 't' }), finish('stop')];
    expect((await linesByChunk(chunks)).flat()).toEqual([
      'start',
      '0 call f0 f',
      '0 input {}',
      '0 stop',
      '1 text \nt',
      '1 stop',
      'end tool_use',
    ]);
  });

  it.each<[string, unknown[]]>([
    ['cut', [f('{"x":')]],
    ['no JSON', [f('{x:1}')]],
    ['a list', [f('[1]')]],
    ['a scalar', [f('5')]],
    ['text', [f('"x"')]],
    ['two objects', [f('{}'), more('{}')]],
    ['too deep', [f(JSON.parse('{"a":'.repeat(500) + '1' + '}'.repeat(500)))]],
    ['no JSON, with text behind', [f('{x:1}'), chunk({ content: 't' })]],
    ['cut, with a whole call behind', [f('{"x":'), f('{}', 1)]],
    ['continued after the call was closed', [f('{}'), chunk({ content: 't' }), more(',"x":1}')]],
    [
      'those of a call without a name',
      [chunk(toolCalls({ index: 0, id: 'a', function: { arguments: '{}' } }))],
    ],
  ])('fails for live arguments that are %s', async (_, chunks) => {
    const lines = (await linesByChunk([...chunks, finish('tool_calls')])).flat();
    expect(lines.at(-1)).toBe(MALFORMED);
    expect(lines.join('\n')).not.toMatch('end ');
  });

  it.each<[string, unknown[], string[]]>([
    ['cut', [f('{"x":')], []],
    ['no JSON', [f('{x:1}')], []],
    ['a list', [f('[1]')], []],
    ['cut, with a whole call behind', [f('{"x":'), f('{}', 1)], ['0 call f1 f', '0 input {}', '0 stop']],
    ['no JSON, with text behind', [f('{x:1}'), chunk({ content: 't' })], ['0 text t', '0 stop']],
    ['those of a call without a name', [chunk(toolCalls({ id: 'a', function: { arguments: '{}' } }))], []],
  ])('omits a buffered call when its arguments are %s', async (_, chunks, expected) => {
    const lines = (await linesByChunk([...chunks, finish('tool_calls')], BUFFERED)).flat();
    expect(lines).toEqual(['start', ...expected, 'end malformed_tool_use']);
  });

  it('fails for a buffered call that continues after it was sent', async () => {
    const chunks = [f('{}'), chunk({ content: 't' }), more(',"x":1}'), finish('tool_calls')];
    expect((await linesByChunk(chunks, BUFFERED)).at(-1)).toEqual([MALFORMED]);
  });

  it.each<[string, unknown[], string[], string[]]>([
    ['a call', [f('{"x":')], ['0 call f0 f', '0 input {"x":', '0 stop'], []],
    ['a call before its arguments', [f('')], [], []],
    [
      'the second of two calls',
      [f('{}'), f('{"x"', 1)],
      ['0 call f0 f', '0 input {}', '0 stop', '1 call f1 f', '1 input {"x"', '1 stop'],
      ['0 call f0 f', '0 input {}', '0 stop'],
    ],
    [
      'the second of two calls before its arguments',
      [f(''), f('', 1)],
      ['0 call f0 f', '0 input {}', '0 stop'],
      ['0 call f0 f', '0 input {}', '0 stop'],
    ],
  ])('ends with max_tokens when the limit cuts %s', async (_, chunks, live, buffered) => {
    const cut = [...chunks, finish('length')];
    expect((await linesByChunk(cut)).flat()).toEqual(['start', ...live, 'end max_tokens']);
    expect((await linesByChunk(cut, BUFFERED)).flat()).toEqual(['start', ...buffered, 'end max_tokens']);
  });

  it('streams live arguments of any length, and keeps only a part of them in memory', async () => {
    const piece = 'x'.repeat(400_000);
    const chunks = [f('{"x":"'), ...Array.from({ length: 5 }, () => more(piece)), more('"}'), finish('stop')];
    const { events, error } = await mapStream([chunks]);
    expect(error).toBeUndefined();
    const input = eventLines(events)
      .filter((line) => line.startsWith('0 input '))
      .map((line) => line.slice('0 input '.length));
    expect(input.join('')).toBe(`{"x":"${piece.repeat(5)}"}`);
    const cut = [...chunks.slice(0, -2), finish('stop')];
    expect(String((await mapStream([cut])).error)).toBe(MALFORMED);
  });
});
