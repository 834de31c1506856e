import { inspect, styleText } from 'node:util';

/** The usual width of a terminal. */
const WIDTH = 80;
const INDENT = 4;

export function title(text: string): void {
  console.log(`\n${styleText(['bold', 'cyan'], text)}`);
}

export function say(text: string): void {
  console.log(text);
}

/** A label, and an indented value below it. */
export function show(label: string, value: unknown): void {
  const text = inspect(value, { depth: null, breakLength: WIDTH - INDENT, colors: hasColors() });
  console.log(`\n  ${styleText('bold', label)}\n${text.replace(/^/gm, ' '.repeat(INDENT))}`);
}

export function failure(error: unknown): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.log(`\n  ${styleText(['bold', 'red'], 'Failed')} ${text}`);
}

/** Colors are used at a terminal unless `NO_COLOR` is set, as in other output. */
function hasColors(): boolean {
  return process.stdout.isTTY && process.stdout.hasColors();
}
