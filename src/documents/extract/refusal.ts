/** The document cannot be read. The message is the rest of a sentence that begins with "the document". */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
