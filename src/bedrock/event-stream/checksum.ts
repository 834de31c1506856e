/** The reflected polynomial of CRC-32 (ISO 3309). */
const POLYNOMIAL = 0xedb88320;

const OF_BYTE = Int32Array.from({ length: 256 }, (_, byte) => {
  let checksum = byte;
  for (let bit = 0; bit < 8; bit += 1) checksum = (checksum >>> 1) ^ (checksum & 1 ? POLYNOMIAL : 0);
  return checksum;
});

/**
 * Same result as `crc32` of `node:zlib` for the bytes from `start` to `end`, continuing `checksum`. For a few bytes it is
 * five times as fast, because the native call itself costs more than the loop.
 */
export function extendChecksum(checksum: number, bytes: Uint8Array, start: number, end: number): number {
  let state = ~checksum;
  for (let index = start; index < end; index += 1) {
    state = (OF_BYTE[(state ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (state >>> 8);
  }
  return ~state >>> 0;
}
