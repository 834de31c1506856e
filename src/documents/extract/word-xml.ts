import { SaxesParser, type SaxesTagNS } from 'saxes';

/** WordprocessingML, and what strict files call it. */
const NAMESPACES: ReadonlySet<string> = new Set([
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
]);
const OFF: ReadonlySet<string | undefined> = new Set(['0', 'false', 'off']);

/** An element of WordprocessingML. */
export interface WordElement {
  readonly name: string;
  /** The names of the elements around it, from the outermost on, and its own. Of other languages: empty. */
  readonly path: readonly string[];
  /** By their names in WordprocessingML. */
  readonly attribute: (name: string) => string | undefined;
}

export interface WordReader {
  /** @param start offset of the tag in the XML */
  readonly opened: (element: WordElement, start: number) => void;
  /** @param end offset behind the tag in the XML */
  readonly closed?: (name: string, end: number) => void;
}

/** Calls the reader with each element of WordprocessingML, whatever prefix it has. */
export function readWordXml(xml: string, { opened, closed }: WordReader): void {
  const path: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    const name = nameOf(tag);
    path.push(name);
    if (name === '') return;
    // no attribute holds an opening bracket
    const start = xml.lastIndexOf('<', parser.position - 1);
    opened({ name, path, attribute: (attribute) => attributeOf(tag, attribute) }, start);
  });
  parser.on('closetag', (tag) => {
    path.pop();
    const name = nameOf(tag);
    if (name !== '') closed?.(name, parser.position);
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}

/** Whether the path ends with these names. */
export function endsWith(path: readonly string[], ...names: readonly string[]): boolean {
  return names.every((name, index) => path[path.length - names.length + index] === name);
}

/** The value of a property that is on or off. */
export function isOn({ attribute }: WordElement): boolean {
  return !OFF.has(attribute('val'));
}

function nameOf({ uri, local }: SaxesTagNS): string {
  return NAMESPACES.has(uri) ? local : '';
}

function attributeOf({ attributes }: SaxesTagNS, name: string): string | undefined {
  return Object.values(attributes).find(({ local, uri }) => local === name && NAMESPACES.has(uri))?.value;
}
