/**
 * The bytes of a content part as base64 in the standard alphabet: alone, or as a data URI where a media type is
 * given. Whoever writes it down joins the two: joined at once, megabytes would be copied once more.
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
