import { linesAt, pagesOf, textAt } from '../../support/pdf-pages.js';

export const format = 'pdf';

/** As programs for page layout write it: a column after the other. */
export const make = (): Buffer =>
  pagesOf([
    [
      textAt(60, 770, 'Der Fluß im Frühjahr', '/F1 18 Tf'),
      linesAt(60, 730, [
        'Im März steigt das Wasser.',
        'Die Wiesen sind überschwemmt,',
        'und die Brücke ist gesperrt.',
      ]),
      linesAt(320, 730, ['Im Mai fällt es wieder.', 'Dann öffnet die Fähre,', 'und die Straße ist frei.']),
      textAt(60, 60, '1) Gemessen an der Brücke.', '/F1 8 Tf'),
    ].join('\n'),
  ]);
