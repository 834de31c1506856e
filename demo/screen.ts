import { inspect, styleText } from 'node:util';

const WIDTH = 110;

export function title(text: string): void {
  console.log(`\n${styleText(['bold', 'cyan'], text)}`);
}

export function say(text: string): void {
  console.log(text);
}

/** A label, and under it a value, indented. */
export function show(label: string, value: unknown): void {
  const text = inspect(value, { depth: null, breakLength: WIDTH - 4, colors: process.stdout.isTTY });
  console.log(`\n  ${styleText('bold', label)}\n${text.replace(/^/gm, '    ')}`);
}

export function failure(error: unknown): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.log(`\n  ${styleText(['bold', 'red'], 'Failed')} ${text}`);
}
