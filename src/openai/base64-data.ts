/**
 * The bytes of a content part as base64 in the standard alphabet, or as a data URI if a media type is given. `head` and
 * `base64` are joined only when the request body is written, because joining them copies megabytes.
 */
export class Base64Data {
  readonly head: string;

  constructor(
    readonly base64: string,
    mediaType?: string,
  ) {
    this.head = mediaType === undefined ? '' : `data:${mediaType};base64,`;
  }

  toJSON(): string {
    return this.head + this.base64;
  }
}
