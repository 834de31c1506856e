import { pagesOf, textAt } from '../../support/pdf-pages.js';

export const format = 'pdf';

/** Nobody may change it without a password; everybody may read it. */
export const make = (): Buffer => pagesOf([textAt(60, 770, 'Anybody may read this')], '');
