import { inspect, styleText } from 'node:util';

/** What a terminal shows in a line, if nobody made it wider. */
const WIDTH = 80;
const INDENT = 4;

export function title(text: string): void {
  console.log(`\n${styleText(['bold', 'cyan'], text)}`);
}

export function say(text: string): void {
  console.log(text);
}

/** A label, and under it a value, indented. */
export function show(label: string, value: unknown): void {
  const text = inspect(value, { depth: null, breakLength: WIDTH - INDENT, colors: hasColors() });
  console.log(`\n  ${styleText('bold', label)}\n${text.replace(/^/gm, ' '.repeat(INDENT))}`);
}

export function failure(error: unknown): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.log(`\n  ${styleText(['bold', 'red'], 'Failed')} ${text}`);
}

/** At a terminal, unless `NO_COLOR` says otherwise, as it is with the other texts. */
function hasColors(): boolean {
  return process.stdout.isTTY && process.stdout.hasColors();
}
