import fc from 'fast-check';
import { ObjectScan } from './object-scan.js';

function scan(...pieces: string[]): ObjectScan {
  const read = new ObjectScan();
  for (const piece of pieces) read.read(piece);
  return read;
}

describe('ObjectScan', () => {
  it('finds the end of any object, and not earlier', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(object, fc.nat(), (text, position) => {
        const cut = position % text.length;
        const [before, behind] = [text.slice(0, cut), text.slice(cut)];
        expect(scan(before).complete).toBe(false);
        expect(scan(before, behind).complete).toBe(true);
        expect(scan(' \n', before, behind, '\t\r').complete).toBe(true);
        expect(scan(before, behind, '}').complete).toBe(false);
      }),
    );
  });

  it.each<[string, boolean, boolean, boolean]>([
    ['', true, false, false],
    [' \n', true, false, false],
    ['{', false, true, false],
    ['{"a":"}', false, true, false],
    ['{"a":"\\"}', false, true, false],
    ['{"a":"\\\\"}', false, true, true],
    ['{"a":[{}]}', false, true, true],
    ['[', false, false, false],
    ['[]', false, false, false],
    ['"', false, false, false],
    ['null', false, false, false],
    ['{}{}', false, false, false],
  ])('reads %j', (text, blank, begun, complete) => {
    const { blank: isBlank, begun: hasBegun, complete: isComplete } = scan(text);
    expect([isBlank, hasBegun, isComplete]).toEqual([blank, begun, complete]);
  });
});
