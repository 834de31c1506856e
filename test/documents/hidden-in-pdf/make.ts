import { pagesOf, textAt } from '../../support/pdf-pages.js';

export const format = 'pdf';
export const leavesOutHidden = true;

export const make = (): Buffer =>
  pagesOf([
    [
      textAt(60, 770, 'Seen'),
      textAt(60, 750, 'in an invisible mode', '/F1 12 Tf 3 Tr'),
      textAt(60, 730, 'white on white', '/F1 12 Tf 1 1 1 rg'),
      '0 0 0.5 rg 50 695 300 25 re f',
      textAt(60, 702, 'White on blue', '/F1 12 Tf 1 1 1 rg'),
      '1 1 1 rg 50 665 300 25 re f',
      textAt(60, 672, 'white on a white box', '/F1 12 Tf 1 1 1 rg'),
      textAt(60, 650, 'white lines of letters', '/F1 12 Tf 1 Tr 1 1 1 RG'),
      textAt(60, 630, 'tiny', '/F1 0.3 Tf'),
      textAt(-400, 610, 'beside the page'),
      textAt(60, 590, 'Grey', '/F1 12 Tf 0.8 g'),
    ].join('\n'),
    textAt(60, 770, 'nothing that is seen', '/F1 12 Tf 3 Tr'),
  ]);
