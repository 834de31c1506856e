import { pagesOf, textAt } from '../../support/pdf-pages.js';

export const format = 'pdf';
export const make = (): Buffer => pagesOf([textAt(60, 770, 'Secret')], 'password');
