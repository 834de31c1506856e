import fc from 'fast-check';
import { packBits, packSignedBits, toBase64, toBits } from './packed-vector.js';

const bytesOf = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1 });

describe('packBits', () => {
  it('puts the first dimension into the highest bit', () => {
    expect(packBits([1, -1, -1, -1, -1, -1, -1, 0.5, -1, -1, -1, -1, -1, -1, 2, 0], 'types')).toEqual([
      129, 2,
    ]);
  });

  it('is undone by reading the bits again', () => {
    fc.assert(
      fc.property(bytesOf, (bytes) => {
        const values = bytes.flatMap((byte) =>
          Array.from({ length: 8 }, (_, bit) => ((byte >> (7 - bit)) & 1 ? 0.25 : -0.25)),
        );
        expect(packBits(values, 'types')).toEqual(bytes);
        expect(packSignedBits(values, 'types')).toEqual(bytes.map((byte) => byte - 128));
      }),
    );
  });

  it.each([1, 7, 9, 1535])('refuses %d dimensions', (dimensions) => {
    const values = Array.from({ length: dimensions }, () => 1);
    expect(() => packBits(values, 'embedding_types')).toThrow(
      expect.objectContaining({ name: 'ValidationException', path: 'embedding_types' }),
    );
  });
});

describe('toBits', () => {
  it('has one bit for each dimension, 1 above zero', () => {
    expect(toBits([0.1, 0, -0, -0.1, 1e-30])).toEqual([1, 0, 0, 0, 1]);
  });
});

describe('toBase64', () => {
  it('keeps every 32 bit float', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true })), (values) => {
        const bytes = new Uint8Array(Buffer.from(toBase64(values), 'base64'));
        expect([...new Float32Array(bytes.buffer)]).toEqual(values);
      }),
    );
  });
});
