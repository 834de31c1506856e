import { docx, paragraph, run } from '../../support/documents.js';

export const format = 'docx';
export const leavesOutHidden = true;

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const style = (type: string, id: string, vanish: string, base = ''): string =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${id}"/>` +
  `${base && `<w:basedOn w:val="${base}"/>`}<w:rPr>${vanish}</w:rPr></w:style>`;
const VANISH = '<w:vanish/>';
const SHOW = '<w:vanish w:val="0"/>';

const STYLES = [
  style('paragraph', 'Secret', VANISH),
  style('paragraph', 'Heir', '', 'Secret'),
  style('paragraph', 'Open', SHOW, 'Heir'),
  style('paragraph', 'Ring', '', 'Gnir'),
  style('paragraph', 'Gnir', '', 'Ring'),
  style('character', 'Whisper', VANISH),
  // a former property, of a tracked change, hides nothing
  '<w:style w:type="paragraph" w:styleId="Former"><w:name w:val="Former"/><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:style>',
].join('');

const inStyle = (id: string, ...runs: string[]): string =>
  paragraph(runs.join(''), `<w:pStyle w:val="${id}"/>`);
const whisper = (text: string): string => run(text, '<w:rStyle w:val="Whisper"/>');
const change = '<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>';

export const make = (): Promise<Buffer> =>
  docx({
    body: [
      paragraph(`${run('Shown')}${whisper(' hidden by a character style')}`),
      inStyle('Secret', run('hidden by a paragraph style')),
      inStyle('Secret', run('Shown by the run itself', SHOW), whisper(', and by two styles that toggle')),
      inStyle('Heir', run('hidden by the style below')),
      inStyle('Open', run('Shown by the style above')),
      inStyle('Ring', run('Shown in styles that are based on each other')),
      inStyle('Former', run('Shown', change)),
    ].join(''),
    files: {
      'word/styles.xml': `<w:styles ${W}>${STYLES}</w:styles>`,
    },
  });
