import fc from 'fast-check';
import { ByteAccumulator } from './byte-accumulator.js';

const MAX_OVERHEAD_BYTES = 2 * 1024;
const MAX_FACTOR = 4;
/** More than a buffer object costs. */
const OBJECT_BYTES = 256;

function accumulated(pieces: readonly Buffer[]): ByteAccumulator {
  const bytes = new ByteAccumulator();
  for (const piece of pieces) bytes.push(piece);
  return bytes;
}

/** The memory that the pieces keep: each underlying ArrayBuffer once, and their Buffer objects. */
function heldBytes(bytes: ByteAccumulator): number {
  const memories = new Set(bytes.pieces.map(({ buffer }) => buffer));
  const held = [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0);
  return held + bytes.pieces.length * OBJECT_BYTES;
}

/** A piece with memory of its own, as a socket's reads have. */
const own = (length: number, fill = 0x61): Buffer => Buffer.alloc(length, fill, 'latin1');

/** Sizes around every bound, and memories that are larger than the piece. */
const piece = fc
  .tuple(
    fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 4090, max: 4100 }), fc.nat({ max: 70_000 })),
    fc.nat({ max: 255 }),
  )
  .map(([length, fill]) => own(length, fill));

describe('ByteAccumulator', () => {
  it('holds the same bytes however they are split', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const bytes = accumulated(pieces);
        const whole = Buffer.concat(pieces);
        expect(bytes.length).toBe(whole.length);
        expect(Buffer.concat(bytes.pieces).equals(whole)).toBe(true);
        expect(bytes.concat().equals(whole)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('holds the same bytes when they are read in between', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.boolean()), { maxLength: 60 }), (steps) => {
        const bytes = new ByteAccumulator();
        for (const [each, isRead] of steps) {
          bytes.push(each);
          if (isRead) bytes.concat();
        }
        expect(bytes.concat().equals(Buffer.concat(steps.map(([each]) => each)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['one piece', [own(10)]],
    ['one between empty pieces', [own(0), own(10), own(0)]],
  ])('does not copy %s', (_, pieces) => {
    const only = pieces.find(({ length }) => length > 0);
    expect(accumulated(pieces).concat()).toBe(only);
  });

  it('keeps large pieces as they came', () => {
    const pieces = [own(16_384), own(65_536), own(4_096)];
    expect(accumulated(pieces).pieces.every((each, index) => each === pieces[index])).toBe(true);
  });

  it.each<[name: string, pieces: Buffer[]]>([
    ['single bytes', Array.from({ length: 300_000 }, () => own(1))],
    ['single bytes of one large read each', Array.from({ length: 200 }, () => own(65_536).subarray(7, 8))],
    ['small pieces', Array.from({ length: 5_000 }, (_, index) => own(1 + (index % 4_095)))],
    ['parts of large reads', Array.from({ length: 200 }, () => own(65_536).subarray(0, 5_000))],
    [
      'single bytes between large pieces',
      Array.from({ length: 400 }, (_, index) => own(index % 2 ? 4_096 : 1)),
    ],
    ['two bytes', [own(1), own(1)]],
  ])('holds little more than the bytes of %s', (_, pieces) => {
    const bytes = accumulated(pieces);
    const first = pieces[0]?.buffer.byteLength ?? 0;
    expect(heldBytes(bytes)).toBeLessThanOrEqual(first + MAX_FACTOR * bytes.length + MAX_OVERHEAD_BYTES);
  });

  it('can be used again after it was cleared', () => {
    const bytes = accumulated([own(1), own(1), own(5_000)]);
    bytes.clear();
    expect({ length: bytes.length, pieces: bytes.pieces, whole: bytes.concat() }).toEqual({
      length: 0,
      pieces: [],
      whole: Buffer.alloc(0),
    });
    for (const byte of Buffer.from('again')) bytes.push(Buffer.of(byte));
    expect(bytes.concat().toString()).toBe('again');
  });
});
