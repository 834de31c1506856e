import { lettersAt, pagesOf, textAt } from '../../support/pdf-pages.js';

export const format = 'pdf';

/** The letters stand in the file as they stand on the page, from left to right; one of them is outside of the BMP. */
export const make = (): Buffer =>
  pagesOf([
    `${lettersAt(400, 770, 'שלום עולם')} ${textAt(60, 740, 'A line in English')}`,
    lettersAt(60, 770, '😀'),
  ]);
