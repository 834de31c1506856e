/** A text, and whether it is examined. */
export interface GuardedText {
  readonly text: string;
  readonly isGuarded: boolean;
}

/** An image to examine. */
export interface GuardedImage {
  /** Of an image. */
  readonly mediaType: string;
  /** Its bytes. */
  readonly base64: string;
}

export interface GuardedContent {
  readonly texts: readonly GuardedText[];
  readonly images: readonly GuardedImage[];
}
