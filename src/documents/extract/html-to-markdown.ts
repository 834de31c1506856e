import { type HtmlElement, parseHtml } from './html-tree.ts';
import { markdownTable } from './markdown-table.ts';
import { type SpanningCell, toRows } from './table-cells.ts';

type Node = HtmlElement | string;

const HEADING = /^h([1-6])$/;
const BLOCKS: ReadonlySet<string> = new Set([
  'div',
  'p',
  'ul',
  'ol',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
]);
const ROWS: ReadonlySet<string> = new Set(['thead', 'tbody']);
/** The arrow behind a footnote, which leads back to the text. */
const BACK_REFERENCE = /^#(?:foot|end)note-ref-/;
const ADDRESS = /^(?:https?|mailto):/;
const EMPHASIS: ReadonlyMap<string, string> = new Map([
  ['strong', '**'],
  ['em', '*'],
]);

/** The HTML that mammoth writes → Markdown. */
export function htmlToMarkdown(html: string): string {
  return blocksOf(parseHtml(html).children).join('\n\n');
}

/** Text between blocks becomes a block of its own. */
function blocksOf(nodes: readonly Node[]): string[] {
  const blocks: string[] = [];
  let inline: Node[] = [];
  const endInline = (): void => {
    const text = inlineOf(inline).trim();
    if (text !== '') blocks.push(text);
    inline = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !BLOCKS.has(node.name)) {
      inline.push(node);
      continue;
    }
    endInline();
    blocks.push(...blockOf(node));
  }
  endInline();
  return blocks;
}

function blockOf({ name, children }: HtmlElement): string[] {
  const level = HEADING.exec(name)?.[1];
  if (level !== undefined)
    return nonEmpty(inlineOf(children), (text) => `${'#'.repeat(Number(level))} ${text}`);
  if (name === 'ul') return nonEmpty(listOf(children, () => '- '));
  if (name === 'ol') return nonEmpty(listOf(children, (index) => `${index + 1}. `));
  if (name === 'table') return nonEmpty(markdownTable(cellsOf(children)));
  return blocksOf(children.filter((child) => typeof child !== 'string' || name === 'p'));
}

function nonEmpty(text: string, write = (whole: string): string => whole): string[] {
  const whole = text.trim();
  return whole === '' ? [] : [write(whole)];
}

/** The further lines of an item are indented by the width of its marker. */
function listOf(nodes: readonly Node[], markerOf: (index: number) => string): string {
  return elementsOf(nodes)
    .map(({ children }, index) => {
      const marker = markerOf(index);
      const text = blocksOf(children).join('\n');
      return marker + text.replaceAll('\n', `\n${' '.repeat(marker.length)}`);
    })
    .join('\n');
}

function cellsOf(nodes: readonly Node[]): string[][] {
  const rows = elementsOf(nodes).flatMap((node) =>
    ROWS.has(node.name) ? elementsOf(node.children) : [node],
  );
  return toRows(rows.map(({ children }) => elementsOf(children).map(toSpanningCell)));
}

function toSpanningCell({ attributes, children }: HtmlElement): SpanningCell {
  return {
    text: blocksOf(children).join('\n'),
    rows: spanOf(attributes['rowspan']),
    columns: spanOf(attributes['colspan']),
  };
}

/** A document may claim any span; no table that a model reads is wider. */
function spanOf(text: string | undefined): number {
  return Math.min(Math.max(1, Number(text) || 1), 1_000);
}

function inlineOf(nodes: readonly Node[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : elementText(node))).join('');
}

function elementText({ name, attributes, children }: HtmlElement): string {
  if (name === 'br') return '\n';
  const text = inlineOf(children);
  const marker = EMPHASIS.get(name);
  if (marker !== undefined) return text.trim() === '' ? text : `${marker}${text}${marker}`;
  const { href = '' } = attributes;
  if (BACK_REFERENCE.test(href)) return '';
  return ADDRESS.test(href) && text !== '' ? `[${text}](${href})` : text;
}

function elementsOf(nodes: readonly Node[]): HtmlElement[] {
  return nodes.filter((node) => typeof node !== 'string');
}
