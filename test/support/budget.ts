import type { CellObject, WorkBook } from '@e965/xlsx';
import { workbookBytes, workbookOf } from './documents.js';
import { withStream } from './ole-file.js';

/** Of the sheet `Haushalt`, from 0. */
const HIDDEN_ROW = 3;
const HIDDEN_COLUMN = 2;

/** Several sheets, with what workbooks have: formulas and their values, merged cells, hidden rows, columns and sheets. */
export function budget(): WorkBook {
  const workbook = workbookOf({
    תקציב: [
      ['שם', 'סכום'],
      ['שכירות', 900],
    ],
    Entwurf: [['geheim']],
    Makros: [['geheim']],
    Haushalt: [
      ['Ausgaben 2026', null, null, null],
      ['Posten', 'Kosten', 'Notiz', 'Anteil'],
      ['Möbel', 120.5, 'geheim', 0.25],
      ['verborgen', 1, 'geheim', 0],
      ['Summe', 482, 'geheim', 1],
    ],
  });
  const sheet = workbook.Sheets['Haushalt'] ?? {};
  sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 3 } }];
  sheet['!rows'] = [];
  sheet['!rows'][HIDDEN_ROW] = { hidden: true };
  sheet['!cols'] = [];
  sheet['!cols'][HIDDEN_COLUMN] = { hidden: true };
  const cell = (address: string): CellObject => sheet[address] as CellObject;
  cell('B3').z = '0.00';
  cell('D3').z = '0%';
  cell('D3').f = 'B3/B5';
  cell('B5').f = 'SUM(B3:B4)';
  // visible, hidden, and hidden so that Excel does not offer to show it
  workbook.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }, { Hidden: 2 }, { Hidden: 0 }] };
  return workbook;
}

/** The same as xls. The library writes no properties of rows, so they are added to the last sheet ([MS-XLS] 2.4.221). */
export function budgetAsXls(): Buffer {
  const DIMENSIONS = Buffer.from([0x00, 0x02, 0x0e, 0x00]);
  const row = Buffer.alloc(20);
  row.writeUInt16LE(0x0208, 0);
  row.writeUInt16LE(16, 2);
  row.writeUInt16LE(HIDDEN_ROW, 4);
  row.writeUInt16LE(4, 8);
  row.writeUInt8(0x20, 16);
  return withStream(workbookBytes(budget(), 'xls'), '/Workbook', (stream) => {
    const end = stream.lastIndexOf(DIMENSIONS) + DIMENSIONS.length + 14;
    return Buffer.concat([stream.subarray(0, end), row, stream.subarray(end)]);
  });
}
