import { isatty } from 'node:tty';
import { styleText } from 'node:util';

const STANDARD_OUTPUT = 1;

export type Color = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

/** A text → the same in a color, or as it is. */
export type Paint = (color: Color, text: string) => string;

export function painter(isColored: boolean): Paint {
  // whether there are colors is decided once, not for every text
  return (color, text) => (isColored ? styleText(color, text, { validateStream: false }) : text);
}

/** At a terminal, unless `NO_COLOR` or `TERM` say otherwise. */
export function hasColors(): boolean {
  // `process.stdout` would make a pipe one that cannot take a long text at once
  return isatty(STANDARD_OUTPUT) && process.stdout.hasColors();
}
