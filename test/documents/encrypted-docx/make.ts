import { docx, paragraph, run } from '../../support/documents.js';
import { encryptedOffice } from '../../support/encrypted-office.js';

export const format = 'docx';
export const make = async (): Promise<Buffer> =>
  encryptedOffice(await docx({ body: paragraph(run('Secret')) }), 'password');
