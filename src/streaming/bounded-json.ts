/**
 * The bytes of a message → their JSON; undefined when they are not JSON, or more than `maxBytes`. For messages outside
 * of operations: the bodies of operations and of upstreams have budgets and errors of their own.
 */
export async function readBoundedJson(message: AsyncIterable<unknown>, maxBytes: number): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes > maxBytes) return undefined;
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString()) as unknown;
  } catch {
    return undefined;
  }
}
