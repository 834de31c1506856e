import type { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';

/** Ends a response, over either protocol, in a way that clients recognize as incomplete. */
export function abortResponse(response: ServerResponse | Http2ServerResponse): void {
  // `destroy` would end the stream without an error
  if ('stream' in response) response.stream.close(constants.NGHTTP2_CANCEL);
  else response.destroy();
}
