import { FOOTNOTE, word97 } from '../../support/word-97.js';

export const format = 'doc';
export const leavesOutHidden = true;

export const make = (): Buffer =>
  word97({
    parts: [
      [{ text: 'Grüße aus Łódź' }],
      [
        { text: 'Die Brücke ist gesperrt' },
        { text: ' (bitte nicht sagen)', isHidden: true },
        { text: `.${FOOTNOTE}` },
      ],
      { cells: ['Stadt', 'Höhe'] },
      { cells: ['Köln', '3 m'] },
      [{ text: 'שלום' }],
    ],
    footnotes: ['Seit März.'],
  });
