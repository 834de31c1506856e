import { EventStreamCodec } from '@smithy/core/event-streams';
import { blocksInLegalOrder } from '../support/legal-order.ts';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

const COMPLETE = 'complete';

/**
 * The bytes of a complete event stream → its ending: `complete`, or the name of its exception.
 * @throws Error for a wrong checksum, a truncated frame, or events that Bedrock would not send
 */
export function streamEnding(bytes: Buffer): string {
  const events: object[] = [];
  let ending = COMPLETE;
  for (let start = 0; start < bytes.length;) {
    const end = start + bytes.readUInt32BE(start);
    if (end > bytes.length) throw new Error('the stream ends inside a frame');
    const { headers, body } = codec.decode(bytes.subarray(start, end));
    const exception = headers[':exception-type']?.value;
    if (exception !== undefined && end < bytes.length) throw new Error('a frame after an exception');
    if (exception !== undefined) ending = String(exception);
    else events.push({ [String(headers[':event-type']?.value)]: JSON.parse(Buffer.from(body).toString()) });
    start = end;
  }
  // the function checks that they are events
  blocksInLegalOrder(events as never, { failed: ending !== COMPLETE });
  return ending;
}
