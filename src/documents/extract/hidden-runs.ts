import type { AppliedStyles, WordStyles } from './word-styles.ts';
import { endsWith, isOn, readWordXml, type WordElement } from './word-xml.ts';

export interface ShownXml {
  readonly xml: string;
  /** Whether text was left out. */
  readonly leavesOutHidden: boolean;
}

/** What is open around a run, and the run itself. Text boxes put paragraphs into runs. */
interface Scope {
  readonly name: string;
  readonly start: number;
  style?: string | undefined;
  isHidden?: boolean;
  hasText?: boolean;
}

const TYPE_OF: ReadonlyMap<string, keyof AppliedStyles> = new Map([
  ['tbl', 'table'],
  ['p', 'paragraph'],
  ['r', 'character'],
]);

/** A part of a docx → the same without its hidden runs. */
export function withoutHiddenRuns(xml: string, styles: WordStyles): ShownXml {
  const scan = new RunScan(styles);
  readWordXml(xml, {
    opened: (element, start) => scan.open(element, start),
    closed: (name, end) => scan.close(name, end),
  });
  const { hidden, leavesOutHidden } = scan;
  return { xml: hidden.length === 0 ? xml : without(xml, hidden), leavesOutHidden };
}

type Range = readonly [start: number, end: number];

class RunScan {
  readonly hidden: Range[] = [];
  leavesOutHidden = false;
  readonly #scopes: Scope[] = [];
  readonly #styles: WordStyles;

  constructor(styles: WordStyles) {
    this.#styles = styles;
  }

  open(element: WordElement, start: number): void {
    const { name, path, attribute } = element;
    if (TYPE_OF.has(name)) this.#scopes.push({ name, start });
    const scope = this.#scopes.at(-1);
    if (scope === undefined) return;
    // former properties, of tracked changes, stand deeper
    const isStyle =
      endsWith(path, 'r', 'rPr', 'rStyle') ||
      endsWith(path, 'p', 'pPr', 'pStyle') ||
      endsWith(path, 'tbl', 'tblPr', 'tblStyle');
    if (isStyle) scope.style = attribute('val');
    else if (endsWith(path, 'r', 'rPr', 'vanish')) scope.isHidden = isOn(element);
    else if (name === 't') scope.hasText = true;
  }

  close(name: string, end: number): void {
    if (!TYPE_OF.has(name)) return;
    const scope = this.#scopes.pop();
    if (scope === undefined) return;
    const outer = this.#scopes.at(-1);
    if (outer !== undefined && scope.hasText === true) outer.hasText = true;
    if (name !== 'r' || !this.#isHidden(scope)) return;
    this.leavesOutHidden ||= scope.hasText === true;
    // what is inside of it goes with it
    while ((this.hidden.at(-1)?.[0] ?? -1) > scope.start) this.hidden.pop();
    this.hidden.push([scope.start, end]);
  }

  #isHidden(run: Scope): boolean {
    if (run.isHidden !== undefined) return run.isHidden;
    const nearest = (name: string): string | undefined =>
      this.#scopes.findLast((scope) => scope.name === name)?.style;
    return this.#styles.hide({ table: nearest('tbl'), paragraph: nearest('p'), character: run.style });
  }
}

function without(xml: string, ranges: readonly Range[]): string {
  let kept = '';
  let at = 0;
  for (const [start, end] of ranges) {
    kept += xml.slice(at, start);
    at = end;
  }
  return kept + xml.slice(at);
}
