import { workbookBytes, workbookOf } from '../../support/documents.js';
import { encryptedOffice } from '../../support/encrypted-office.js';

export const format = 'xlsx';
export const make = (): Buffer =>
  encryptedOffice(workbookBytes(workbookOf({ Sheet: [['Secret']] }), 'xlsx'), 'password');
