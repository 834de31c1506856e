import { hebrewAt, pagesOf, textAt } from '../../support/pdf-pages.js';

export const format = 'pdf';

/** The letters stand in the file as they stand on the page, from left to right. */
export const make = (): Buffer =>
  pagesOf([[hebrewAt(400, 770, 'שלום עולם'), textAt(60, 740, 'A line in English')].join('\n')]);
