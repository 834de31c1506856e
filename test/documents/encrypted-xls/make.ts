import { workbookBytes, workbookOf } from '../../support/documents.js';
import { encryptedXls } from '../../support/encrypted-office.js';

export const format = 'xls';
export const make = (): Buffer => encryptedXls(workbookBytes(workbookOf({ Sheet: [['Secret']] }), 'xls'));
