import type { FrameTemplate } from './frame-template.js';

/** One frame before it is written: what it has in common with others, and its own text. */
export interface Message {
  readonly template: FrameTemplate;
  readonly text: string;
  /** In UTF-8. */
  readonly textBytes: number;
}

/** The whole payload is the text. */
export function toMessage(template: FrameTemplate, payload: object): Message {
  const text = JSON.stringify(payload);
  return { template, text, textBytes: Buffer.byteLength(text) };
}
