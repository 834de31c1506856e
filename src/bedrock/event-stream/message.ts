import type { FrameTemplate } from './frame-template.js';

/** One frame before it is written: its template and its own text. */
export interface Message {
  readonly template: FrameTemplate;
  readonly text: string;
  /** In UTF-8. */
  readonly textBytes: number;
}

/** A payload → a message whose text is the whole payload. */
export function toMessage(template: FrameTemplate, payload: object): Message {
  const text = JSON.stringify(payload);
  return { template, text, textBytes: Buffer.byteLength(text) };
}
