/** A variable's name, in Bedrock's words: letters and digits, with single `_` and `-` between or after them. */
const NAME = '(?:[0-9a-zA-Z][_-]?){1,100}';
const PLACEHOLDER = new RegExp(`\\{\\{(${NAME})\\}\\}`);

/** The place of a variable in a text. */
interface Placeholder {
  readonly variable: string;
}

/** A text with `{{variable}}` in it, in order: what stands between the placeholders, and the placeholders. */
export type TemplateText = readonly (string | Placeholder)[];

/** Anything else in braces is text. */
export function parseTemplate(text: string): TemplateText {
  // a split by a pattern with one group gives texts and groups in turn
  const pieces = text
    .split(PLACEHOLDER)
    .map((piece, index) => (index % 2 === 0 ? piece : { variable: piece }));
  return pieces.filter((piece) => piece !== '');
}

/** The names of the variables, each once. */
export function variablesOf(texts: readonly TemplateText[]): string[] {
  const names = texts.flatMap((text) =>
    text.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.variable])),
  );
  return [...new Set(names)];
}
