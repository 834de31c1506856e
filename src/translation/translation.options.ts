/** Settings and sources of ids and digests. They are injected so that the mappers are deterministic in tests. */
export abstract class TranslationOptions {
  /** Whether a parameter without an equivalent is ignored and reported, or rejected. */
  abstract readonly unsupportedParameters: 'ignore' | 'reject';
  /** Returns a new id in AWS's format: `tooluse_` and 22 characters. */
  abstract readonly newToolUseId: () => string;
  /** SHA-256 of a text, as bytes. Used to derive tool call ids for servers that restrict their format. */
  abstract readonly digest: (text: string) => Uint8Array;
  /** Whether requests are mapped with a record of where each part comes from. Costs time, so only for the inspector. */
  abstract readonly recordsProvenance?: boolean;
}
