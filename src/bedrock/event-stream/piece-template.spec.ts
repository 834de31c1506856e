import fc from 'fast-check';
import { encodeChunks } from './frame.js';
import { PieceChunk, PieceTemplate } from './piece-template.js';

/** Any UTF-16 units, also halves of pairs, and what JSON has to escape. */
const piece = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('a', '"', '\\', '\n', '\u007f', 'é', '日', '😀'),
  ),
  maxLength: 200,
});

const filled = (before: number, text: string, after: number): object => ({
  before: '-'.repeat(before),
  text,
  ...(after > 0 && { after: '-'.repeat(after) }),
});

describe('A chunk of a template', () => {
  it('has the bytes and the JSON of the same chunk without one', () => {
    const length = fc.nat({ max: 40 });
    fc.assert(
      fc.property(length, length, fc.array(piece, { maxLength: 5 }), (before, after, pieces) => {
        const template = new PieceTemplate((text) => filled(before, text, after));
        const chunks = pieces.map((text) => new PieceChunk(template, text));
        const plain = pieces.map((text) => filled(before, text, after));
        expect(encodeChunks(chunks)).toEqual(encodeChunks(plain));
        expect(chunks.map(({ json }) => json)).toEqual(plain.map((chunk) => JSON.stringify(chunk)));
        expect(JSON.stringify(chunks)).toBe(JSON.stringify(plain));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[name: string, toChunk: (piece: string) => object]>([
    ['does not hold its piece', () => ({})],
    ['holds it twice', (text) => ({ text, again: text })],
    ['stands in other letters than ASCII', (text) => ({ ü: text })],
    ['holds another', (text) => ({ text: text.toUpperCase() })],
  ])('is refused when it %s', (_name, toChunk) => {
    expect(() => new PieceTemplate(toChunk)).toThrow('Not one piece in ASCII');
  });
});
