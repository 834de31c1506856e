/** CRC-32 of ISO 3309, its bits reflected. */
const POLYNOMIAL = 0xedb88320;

const OF_BYTE = Int32Array.from({ length: 256 }, (_, byte) => {
  let checksum = byte;
  for (let bit = 0; bit < 8; bit += 1) checksum = (checksum >>> 1) ^ (checksum & 1 ? POLYNOMIAL : 0);
  return checksum;
});

/**
 * What `crc32` of `node:zlib` gives for the bytes from `start` to `end`, continuing `checksum`. For a few bytes, of
 * which the call alone would cost five times as much.
 */
export function extendChecksum(checksum: number, bytes: Uint8Array, start: number, end: number): number {
  let state = ~checksum;
  for (let index = start; index < end; index += 1) {
    state = (OF_BYTE[(state ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (state >>> 8);
  }
  return ~state >>> 0;
}
