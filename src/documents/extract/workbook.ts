import { type ColInfo, read, type RowInfo, utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import type { ExtractedDocument, ExtractionTask } from '../document-formats.ts';
import { cutMark, passLimit } from './limit.ts';
import { markdownTable } from './markdown-table.ts';
import { Refusal } from './refusal.ts';
import { checkZip } from './zip-bounds.ts';

/** The rows and columns that a sheet uses. */
interface Extent {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/**
 * A workbook → each visible sheet as a table below its name, with values as they are shown. Of a formula the last value is
 * shown; of merged cells the first one holds the value.
 */
export function workbookText({ bytes, format, limits }: ExtractionTask): ExtractedDocument {
  if (format === 'xlsx') checkZip(bytes, limits.maxExpandedBytes);
  const workbook = open(bytes);
  const visible = workbook.SheetNames.filter((_, index) => !workbook.Workbook?.Sheets?.[index]?.Hidden);
  let leavesOutHidden = visible.length < workbook.SheetNames.length;
  let cells = limits.maxCells;
  let isCut = false;
  const texts: string[] = [];
  for (const name of visible) {
    const sheet = workbook.Sheets[name] ?? {};
    const whole = extentOf(sheet);
    if (whole === undefined) continue;
    const extent = upTo(cells, whole);
    if (extent !== whole) passLimit(limits, `${limits.maxCells} cells`);
    cells -= sizeOf(extent);
    leavesOutHidden ||= hasHidden(sheet);
    texts.push(`## ${name}\n\n${markdownTable(rowsOf(sheet, extent))}`);
    isCut = extent !== whole;
    if (isCut) break;
  }
  if (isCut) texts.push(cutMark('the rows and sheets that follow are missing'));
  return { text: texts.join('\n\n'), pictures: [], leavesOutHidden, isCut };
}

/** The rows of an extent that have at most so many cells. */
function upTo(cells: number, extent: Extent): Extent {
  if (sizeOf(extent) <= cells) return extent;
  const { firstRow, firstColumn, lastColumn } = extent;
  return { ...extent, lastRow: firstRow + Math.floor(cells / (lastColumn - firstColumn + 1)) - 1 };
}

function open(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: false,
      cellFormula: false,
      cellHTML: false,
      cellStyles: true,
    });
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message)) throw new Refusal('is encrypted');
    throw error;
  }
}

/** The cells that are there: a sheet may declare a million rows and use three. */
function extentOf(sheet: WorkSheet): Extent | undefined {
  let extent: Extent | undefined;
  for (const address of Object.keys(sheet)) {
    if (address.startsWith('!')) continue;
    const { r: row, c: column } = utils.decode_cell(address);
    extent = {
      firstRow: Math.min(extent?.firstRow ?? row, row),
      lastRow: Math.max(extent?.lastRow ?? row, row),
      firstColumn: Math.min(extent?.firstColumn ?? column, column),
      lastColumn: Math.max(extent?.lastColumn ?? column, column),
    };
  }
  return extent;
}

function sizeOf({ firstRow, lastRow, firstColumn, lastColumn }: Extent): number {
  return (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1);
}

function hasHidden(sheet: WorkSheet): boolean {
  return [...(sheet['!rows'] ?? []), ...(sheet['!cols'] ?? [])].some(isHidden);
}

/** A row or column; one without a height or width is not seen either. */
function isHidden(line: RowInfo | ColInfo | undefined): boolean {
  if (line === undefined) return false;
  return line.hidden === true || ('width' in line && line.width === 0) || ('hpt' in line && line.hpt === 0);
}

function rowsOf(sheet: WorkSheet, extent: Extent): string[][] {
  const rows: string[][] = [];
  for (let row = extent.firstRow; row <= extent.lastRow; row += 1) {
    if (isHidden(sheet['!rows']?.[row])) continue;
    rows.push(cellsOf(sheet, row, extent));
  }
  return rows;
}

function cellsOf(sheet: WorkSheet, row: number, { firstColumn, lastColumn }: Extent): string[] {
  const cells: string[] = [];
  for (let column = firstColumn; column <= lastColumn; column += 1) {
    if (isHidden(sheet['!cols']?.[column])) continue;
    const cell: unknown = sheet[utils.encode_cell({ r: row, c: column })];
    cells.push(cell === undefined ? '' : shown(cell));
  }
  return cells;
}

/** `w` is the value as it is shown, `v` the value itself. */
function shown(cell: unknown): string {
  const { w, v } = cell as { w?: string; v?: string | number | boolean }; // the reader's own object
  return w ?? (v == null ? '' : String(v));
}
