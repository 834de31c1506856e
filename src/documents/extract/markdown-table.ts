/** Rows of cells → a Markdown table, whose first row is the head. A cell's line breaks become `<br>`. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return '';
  const [head = [], ...body] = rows;
  return [
    toLine(head, width),
    toLine(
      Array.from({ length: width }, () => '---'),
      width,
    ),
    ...body.map((row) => toLine(row, width)),
  ].join('\n');
}

function toLine(row: readonly string[], width: number): string {
  const cells = Array.from({ length: width }, (_, index) => escaped(row[index] ?? ''));
  return `| ${cells.join(' | ')} |`;
}

function escaped(cell: string): string {
  return cell
    .trim()
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, '<br>');
}
