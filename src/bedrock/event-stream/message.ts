/** Writes frames of one kind, which differ only in their text. */
interface Template {
  /** Bytes of a frame without its text. */
  readonly overheadBytes: number;
  /** Writes one frame at `offset` and returns the offset after it. */
  write(frame: Buffer, offset: number, text: string, textBytes: number): number;
}

/** One frame before it is written: its template and its own text. */
export interface Message {
  readonly template: Template;
  readonly text: string;
  /** In the frame. */
  readonly textBytes: number;
}

/** A payload → a message whose text is the whole payload. */
export function toMessage(template: Template, payload: object): Message {
  const text = JSON.stringify(payload);
  return { template, text, textBytes: Buffer.byteLength(text) };
}
