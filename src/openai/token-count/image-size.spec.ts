import { estimateImage } from './image-tokens.js';
import { type ImageSize, imageSizeOf } from './image-size.js';

const bytes = (...parts: (string | readonly number[])[]): string =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  ).toString('base64');

const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';
const SEGMENT = (length: number) => ['\xff\xe1', [length >> 8, length & 255], '\0'.repeat(length - 2)];
const FRAME = ['\xff\xc2', [0, 17, 8, 0x01, 0x2c, 0x02, 0x58, 3], '\0'.repeat(9)];

describe('imageSizeOf', () => {
  it.each<[string, string, ImageSize]>([
    ['PNG', bytes(PNG, [0, 0, 4, 0, 0, 0, 3, 0]), { width: 1_024, height: 768 }],
    ['GIF', bytes('GIF89a', [0x40, 0x01, 0xf0, 0]), { width: 320, height: 240 }],
    ['JPEG', bytes('\xff\xd8', ...FRAME), { width: 600, height: 300 }],
    ['JPEG behind a preview', bytes('\xff\xd8', ...SEGMENT(60_000), ...FRAME), { width: 600, height: 300 }],
    ['JPEG with padding', bytes('\xff\xd8\xff\xff', ...FRAME), { width: 600, height: 300 }],
    [
      'lossy WebP',
      bytes('RIFF\0\0\0\0WEBPVP8 ', '\0'.repeat(10), [0x20, 0x03, 0x58, 0x02]),
      { width: 800, height: 600 },
    ],
    [
      'lossless WebP',
      bytes('RIFF\0\0\0\0WEBPVP8L\0\0\0\0/', [0x1f, 0xc3, 0x95, 0], '\0'.repeat(8)),
      { width: 800, height: 600 },
    ],
    [
      'extended WebP',
      bytes('RIFF\0\0\0\0WEBPVP8X', '\0'.repeat(8), [0x1f, 3, 0, 0x57, 2, 0]),
      { width: 800, height: 600 },
    ],
  ])('reads the size of a %s', (_, base64, size) => {
    expect(imageSizeOf(base64)).toEqual(size);
  });

  it.each([
    ['nothing', ''],
    ['a text', bytes('Hello')],
    ['a PDF', bytes('%PDF-1.7')],
    ['a PNG that is cut', bytes(PNG, [0, 0])],
    ['a PNG without an extent', bytes(PNG, [0, 0, 0, 0, 0, 0, 3, 0])],
    ['a GIF that is cut', bytes('GIF89a', [1])],
    ['a WebP that is cut', bytes('RIFF\0\0\0\0WEBPVP8 ')],
    ['another RIFF', bytes('RIFF\0\0\0\0WAVEfmt ', '\0'.repeat(30))],
    ['a JPEG without a frame', bytes('\xff\xd8', ...SEGMENT(100))],
    ['a JPEG with a segment of no length', bytes('\xff\xd8\xff\xe1\0\0', '\0'.repeat(100))],
    ['a JPEG of padding', bytes('\xff\xd8', '\xff'.repeat(300_000))],
    ['a JPEG whose segment is longer than the data', bytes('\xff\xd8\xff\xe1\xff\xff', '\0'.repeat(20))],
    ['a JPEG with tables only', bytes('\xff\xd8\xff\xc4\0\x04\0\0\xff\xcc\0\x04\0\0', '\0'.repeat(20))],
  ])('does not read a size from %s', (_, base64) => {
    expect(imageSizeOf(base64)).toBeUndefined();
  });
});

describe('estimateImage', () => {
  it.each<[ImageSize | undefined, number]>([
    [undefined, 765],
    [{ width: 1, height: 1 }, 255],
    [{ width: 512, height: 512 }, 255],
    [{ width: 513, height: 512 }, 425],
    [{ width: 1_024, height: 1_024 }, 765],
    [{ width: 4_096, height: 8_192 }, 1_105],
    [{ width: 4_294_967_295, height: 1 }, 765],
  ])('of %j is %i tokens', (size, tokens) => {
    expect(estimateImage(size)).toBe(tokens);
  });
});
