import { cell, docx, heading, item, paragraph, run, table } from '../../support/documents.js';

export const format = 'docx';

const note = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
const WIDE = '<w:gridSpan w:val="2"/>';
const BIDI = '<w:bidi/>';
const RTL = '<w:rtl/>';

export const make = (): Promise<Buffer> =>
  docx({
    body: [
      heading(1, 'Jahresbericht'),
      paragraph(`${run('Der Umsatz stieg um ')}${run('8 %', '<w:b/>')}${note(1)}${run('.')}`),
      heading(2, 'Städte'),
      item('bullet', 'Köln'),
      item('bullet', 'Łódź'),
      table(
        [cell('Stadt', '<w:vMerge w:val="restart"/>'), cell('Umsatz', WIDE)],
        [cell('', '<w:vMerge/>'), cell('2025'), cell('2026')],
        [cell('Köln'), cell('10'), cell('12')],
      ),
      heading(2, 'תקציר'),
      paragraph(run('שלום עולם', RTL), BIDI),
      paragraph(`${run('سنة 2026', RTL)}${note(2)}`, BIDI),
    ].join(''),
    footnotes: ['Ohne Zinsen.', 'הערה בעברית'],
  });
