import { ValidationException } from '../../bedrock/bedrock.exception.js';

/**
 * The target takes no document of this format. It may take the document's text: then the caller reads the documents and
 * maps the request again.
 */
export class UnreadDocument extends ValidationException {
  constructor(path: string, reason: string) {
    super(`The value at ${path} is not supported: ${reason}`, { path });
  }
}
