import { endsWith, isOn, readWordXml, type WordElement } from './word-xml.ts';

/** The styles that apply to a run: their ids, where it or what is around it names one. */
export interface AppliedStyles {
  readonly table?: string | undefined;
  readonly paragraph?: string | undefined;
  readonly character?: string | undefined;
}

interface Style {
  readonly basedOn?: string | undefined;
  /** Undefined when it says nothing of it. */
  readonly isHidden?: boolean | undefined;
}

type StyleType = keyof AppliedStyles;
const TYPES: readonly StyleType[] = ['table', 'paragraph', 'character'];

/** Which text the styles of a docx hide. */
export class WordStyles {
  readonly #styles = new Map<string, Style>();
  /** The style of each type that applies where none is named. */
  readonly #defaults = new Map<string, string>();
  #isHiddenByDefault = false;

  /** @param parts as XML, among them the one with the styles */
  constructor(parts: readonly string[]) {
    let open = '';
    const opened = (element: WordElement): void => {
      if (element.name === 'style') open = this.#open(element);
      else if (element.name === 'basedOn') this.#set(open, { basedOn: element.attribute('val') });
      else if (element.name === 'vanish') this.#readVanish(open, element);
    };
    for (const xml of parts) readWordXml(xml, { opened });
  }

  /**
   * Whether text without a property of its own is hidden. It is a property that toggles: hidden styles of two types show
   * the text again (ECMA-376 part 1, 17.7.3).
   */
  hide(applied: AppliedStyles): boolean {
    if (this.#isHiddenByDefault) return true;
    return TYPES.filter((type) => this.#isHidden(applied[type] ?? this.#defaults.get(type))).length % 2 === 1;
  }

  /** Of the style itself, or the nearest of those that it is based on. Styles may be based on each other. */
  #isHidden(id: string | undefined): boolean {
    const seen = new Set<string>();
    for (let at = id; at !== undefined && !seen.has(at); at = this.#styles.get(at)?.basedOn) {
      seen.add(at);
      const isHidden = this.#styles.get(at)?.isHidden;
      if (isHidden !== undefined) return isHidden;
    }
    return false;
  }

  #open({ attribute }: WordElement): string {
    const id = attribute('styleId') ?? '';
    this.#styles.set(id, {});
    const type = attribute('type') ?? '';
    if (['1', 'true', 'on'].includes(attribute('default') ?? '')) this.#defaults.set(type, id);
    return id;
  }

  #readVanish(open: string, element: WordElement): void {
    if (endsWith(element.path, 'style', 'rPr', 'vanish')) this.#set(open, { isHidden: isOn(element) });
    if (endsWith(element.path, 'rPrDefault', 'rPr', 'vanish')) this.#isHiddenByDefault = isOn(element);
  }

  #set(id: string, properties: Style): void {
    this.#styles.set(id, { ...this.#styles.get(id), ...properties });
  }
}
