import { isatty } from 'node:tty';
import { styleText } from 'node:util';

const STANDARD_OUTPUT = 1;

export type Color = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

/** Colors a text, or returns it unchanged when colors are off. */
export type Paint = (color: Color, text: string) => string;

export function painter(isColored: boolean): Paint {
  // colors are detected once, not for every text
  return (color, text) => (isColored ? styleText(color, text, { validateStream: false }) : text);
}

/** True at a terminal, unless `NO_COLOR` or `TERM` disable colors. */
export function hasColors(): boolean {
  // the mere access to `process.stdout` makes a pipe non-blocking, so that a long text cannot be written at once
  return isatty(STANDARD_OUTPUT) && process.stdout.hasColors();
}
