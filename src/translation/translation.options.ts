/** What the pure bridge is given from outside, so that golden cases are exact. */
export abstract class TranslationOptions {
  /** What becomes of a parameter without an equivalent. */
  abstract readonly unsupportedParameters: 'ignore' | 'reject';
  /** A fresh id in the form of AWS: `tooluse_` and 22 characters. */
  abstract readonly newToolUseId: () => string;
  /** SHA-256 of a text, as bytes: ids that a server wants in another form are derived from it. */
  abstract readonly digest: (text: string) => Uint8Array;
}
