/** One column: its heading, and the function that gives the text for a row. */
export interface Column<Row> {
  readonly heading: string;
  readonly text: (row: Row) => string;
}

/** Rows → a Markdown table with aligned columns. The first column is text, the others are numbers. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map(({ text }) => text(row))),
  ];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [heading = [], ...body] = lines;
  return [heading, rule, ...body].map((line) => `| ${pad(line, widths).join(' | ')} |`).join('\n');
}

/** A number with its significant digits; a dash for an unknown value. */
export function figure(value: number | undefined, unit = ''): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1_000) return Math.round(value).toLocaleString('en-US') + unit;
  return value.toFixed(decimals(size)) + unit;
}

function decimals(size: number): number {
  if (size >= 100) return 0;
  return size >= 10 ? 1 : 2;
}

function pad(line: readonly string[], widths: readonly number[]): string[] {
  return line.map((text, column) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
  );
}
