import { ContentDecoder, isDecodable } from './content-decoder.js';
import type { AnswerShare } from './held-bytes.js';
import { type BodyConnection, type BodyInput, ResponseBody } from './response-body.js';
import { UpstreamError, unusable } from './upstream.error.js';

const IDENTITY = 'identity';

/** → the body of an answer, and the input for its bytes. `contentEncoding` is the value of the header. */
export function openBody(
  connection: BodyConnection,
  contentEncoding: string | undefined,
  share?: AnswerShare,
): { readonly body: ResponseBody; readonly input: BodyInput } {
  const encoding = contentEncoding?.trim().toLowerCase() || IDENTITY;
  if (isDecodable(encoding)) {
    const input = new ContentDecoder(connection, encoding, share);
    return { body: input.body, input };
  }
  const body = new ResponseBody(connection, share);
  return { body, input: encoding === IDENTITY ? body : new UnreadableInput(body, encoding) };
}

/** The input of a body whose encoding is unknown: the body fails when it is read. */
class UnreadableInput implements BodyInput {
  readonly #reason: UpstreamError;

  constructor(
    private readonly body: ResponseBody,
    encoding: string,
  ) {
    this.#reason = unusable(`content-encoding ${encoding}, which was not asked for`);
  }

  push(): void {
    this.body.destroy(this.#reason);
  }

  end(): void {
    this.body.fail(this.#reason);
  }

  fail(): void {
    this.body.fail(this.#reason);
  }
}
