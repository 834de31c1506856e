/** The document cannot be read. The message is the rest of a sentence that begins with "the document". */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/** Too many documents wait to be read. */
export class DocumentOverload extends Error {
  override readonly name = 'DocumentOverload';

  constructor() {
    super('too many documents wait to be read');
  }
}
