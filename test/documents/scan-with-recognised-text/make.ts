import { FULL_PICTURE, pagesOf, textAt } from '../../support/pdf-pages.js';

export const format = 'pdf';

/** As scanners write it: the picture, and the text that was recognised in it, invisible. */
export const make = (): Buffer =>
  pagesOf([
    [
      FULL_PICTURE,
      textAt(60, 770, 'Rechnung Nr. 17', '/F1 12 Tf 3 Tr'),
      textAt(60, 740, 'Summe: 90 Euro', '/F1 12 Tf 3 Tr'),
    ].join('\n'),
  ]);
