import { invalid } from '../refuse.js';

const BITS = 8;
const SIGN = 128;

/** One bit a dimension: 1 for a value above zero. */
export function toBits(values: readonly number[]): number[] {
  return values.map((value) => (value > 0 ? 1 : 0));
}

/**
 * Eight dimensions a byte, the first one in the highest bit → bytes of 0 to 255.
 * @param path of the member that asks for bits
 * @throws ValidationException when the number of dimensions is no multiple of 8
 */
export function packBits(values: readonly number[], path: string): number[] {
  if (values.length % BITS !== 0) {
    throw invalid(
      path,
      `the model gives ${values.length} dimensions, and only a multiple of 8 can be packed into bytes.`,
    );
  }
  const bytes = Array.from({ length: values.length / BITS }, () => 0);
  for (const [index, bit] of toBits(values).entries()) {
    const byte = Math.floor(index / BITS);
    bytes[byte] = (bytes[byte] ?? 0) * 2 + bit;
  }
  return bytes;
}

/** As `packBits`, in bytes of -128 to 127. */
export function packSignedBits(values: readonly number[], path: string): number[] {
  return packBits(values, path).map((byte) => byte - SIGN);
}

/** Base64 of little-endian 32 bit floats. */
export function toBase64(values: readonly number[]): string {
  const bytes = Buffer.alloc(values.length * Float32Array.BYTES_PER_ELEMENT);
  for (const [index, value] of values.entries()) {
    bytes.writeFloatLE(value, index * Float32Array.BYTES_PER_ELEMENT);
  }
  return bytes.toString('base64');
}
