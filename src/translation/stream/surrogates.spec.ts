import fc from 'fast-check';
import { blocksInLegalOrder } from '../../../test/support/legal-order.js';
import { BUFFERED, LIVE, chunk, finish, mapStream, toolCalls } from '../../../test/support/stream-mapping.js';

/** Text with halves of surrogate pairs, escape sequences that look like some, and whole pairs. */
const text = fc
  .string({
    unit: fc.constantFrom('\ud83d', '\ude00', '\\', 'ud83d', 'ude00', 'u', '😀', 'é', 'a'),
    maxLength: 10,
  })
  .map((some) => `x${some}`);
const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 12 });

function split(whole: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let turn = 0; start < whole.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    pieces.push(whole.slice(start, start + length));
    start += length;
  }
  return pieces;
}

/** JSON as servers write it that send ASCII only. */
function ascii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

describe('halves of surrogate pairs in a stream', () => {
  it.each(['content', 'reasoning', 'reasoning_content', 'refusal'])(
    'are joined before they are checked: %s',
    async (member) => {
      await fc.assert(
        fc.asyncProperty(text, cuts, async (whole, lengths) => {
          const chunks = split(whole, lengths).map((piece) => chunk({ [member]: piece }));
          const { events } = await mapStream([[...chunks, finish('stop')]]);
          expect(blocksInLegalOrder(events).map((block) => block.text)).toEqual([whole.toWellFormed()]);
        }),
        { numRuns: 200 },
      );
    },
  );

  it.each([
    ['live', LIVE],
    ['buffered', BUFFERED],
  ])('are joined before they are checked: the input of a call, %s', async (_, target) => {
    await fc.assert(
      fc.asyncProperty(text, text, fc.boolean(), cuts, async (key, value, asciiOnly, lengths) => {
        const written = JSON.stringify({ [key]: value });
        const [first, ...rest] = split(asciiOnly ? ascii(written) : written, lengths);
        const chunks = [
          chunk(toolCalls({ index: 0, id: 'a', function: { name: 'f', arguments: first } })),
          ...rest.map((piece) => chunk(toolCalls({ index: 0, function: { arguments: piece } }))),
        ];
        const { events, error } = await mapStream([[...chunks, finish('tool_calls')]], { target });
        expect(error).toBeUndefined();
        const [block] = blocksInLegalOrder(events);
        const json = block?.text ?? '';
        expect(JSON.parse(json)).toEqual({ [key.toWellFormed()]: value.toWellFormed() });
        expect(json.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are replaced at the end of their block when a call follows', async () => {
    const call = toolCalls({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } });
    const { events } = await mapStream([
      [chunk({ content: 'a\ud83d' }), chunk(call), chunk({ content: '\ude00' }), finish('stop')],
    ]);
    expect(blocksInLegalOrder(events).map((block) => block.text)).toEqual(['a\ufffd', '{}', '\ufffd']);
  });

  it('do not appear in additional response fields', async () => {
    const request = { additionalModelResponseFieldPaths: ['/choices/0/message', '/\ud83d'] };
    const chunks = [chunk({ content: 'a\ud83d' }), chunk({ content: '\ude00b\ud83d' }), finish('stop')];
    const { events } = await mapStream([chunks], { request });
    expect(events.at(-2)).toEqual({
      messageStop: {
        stopReason: 'end_turn',
        additionalModelResponseFields: { choices: [{ message: { content: 'a😀b\ufffd' } }] },
      },
    });
  });
});
