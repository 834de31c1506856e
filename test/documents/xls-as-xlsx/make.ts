import { workbookBytes, workbookOf } from '../../support/documents.js';

export const format = 'xlsx';
export const make = (): Buffer => workbookBytes(workbookOf({ Sheet: [['of the older format']] }), 'xls');
