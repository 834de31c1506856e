/** RC4, with which older documents are encrypted. OpenSSL no longer has it. */
export function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index & 0xff] ?? 0;
  const swap = (one: number, other: number): void => {
    [state[one & 0xff], state[other & 0xff]] = [at(other), at(one)];
  };
  for (let index = 0, other = 0; index < state.length; index += 1) {
    other += at(index) + (key[index % key.length] ?? 0);
    swap(index, other);
  }
  let first = 0;
  let second = 0;
  return Buffer.from(
    bytes.map((byte) => {
      first += 1;
      second += at(first);
      swap(first, second);
      return byte ^ at(at(first) + at(second));
    }),
  );
}
