import { createHash, hash, type Hash } from 'node:crypto';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { ByteAccumulator } from '../../streaming/byte-accumulator.js';
import { BodyHash } from './body-hash.js';

const PORTION_BYTES = 64 * 1024;

const piece = fc
  .tuple(fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 2 * PORTION_BYTES })), fc.nat({ max: 255 }))
  .map(([length, fill]) => Buffer.alloc(length, fill));

/** Takes the pieces as a body does. */
function digestOf(pieces: readonly Buffer[]): string {
  const bytes = new ByteAccumulator();
  const bodyHash = new BodyHash(bytes);
  for (const each of pieces) {
    bytes.push(each);
    bodyHash.update();
  }
  const whole = bytes.concat();
  bytes.clear();
  return bodyHash.digest(whole);
}

describe('BodyHash', () => {
  it('is the hash of the complete body, however it is split', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(digestOf(pieces)).toBe(hash('sha256', Buffer.concat(pieces)));
      }),
      { numRuns: 200 },
    );
  });

  it('has hashed all but the last portion when the body ends', () => {
    // the prototype of every hash
    const prototype = Object.getPrototypeOf(createHash('sha256')) as Hash;
    const update = jest.spyOn(prototype, 'update');
    digestOf(Array.from({ length: 40 }, () => Buffer.alloc(10_000, 'a')));
    const lengths = update.mock.calls.map(([bytes]) => Buffer.byteLength(bytes));
    update.mockRestore();
    expect(Math.max(...lengths)).toBeLessThan(PORTION_BYTES + 10_000);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(400_000);
  });
});
