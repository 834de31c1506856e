/** A cell of a table, with the rows and columns that it covers. */
export interface SpanningCell {
  readonly text: string;
  readonly rows: number;
  readonly columns: number;
}

/** Rows of cells, some merged → rows of texts. What a merged cell covers beside its first place is empty. */
export function toRows(table: readonly (readonly SpanningCell[])[]): string[][] {
  const rows: string[][] = table.map(() => []);
  for (const [index, cells] of table.entries()) {
    for (const cell of cells) placeCell(rows, index, cell);
  }
  return rows.map((row) => Array.from(row, (text) => text ?? ''));
}

/** The first free column of the row: cells of earlier rows may reach into it. */
function placeCell(rows: string[][], index: number, { text, ...covered }: SpanningCell): void {
  const own = rows[index] ?? [];
  let column = 0;
  while (own[column] !== undefined) column += 1;
  for (const row of rows.slice(index, index + covered.rows)) {
    for (let at = column; at < column + covered.columns; at += 1) row[at] = '';
  }
  own[column] = text;
}
