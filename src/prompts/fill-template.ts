import { ValidationException } from '../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { PromptBlock, PromptTemplate } from '../config/prompt.js';
import type { TemplateText } from '../config/prompt-template.js';

/** Name of a variable → its value. */
export type PromptVariables = NonNullable<ConverseRequestDto['promptVariables']>;

/** The values for one template. */
export type VariableValues = ReadonlyMap<string, string>;

const PATH = 'promptVariables';
const MAX_NAMES = 20;
const MAX_NAME = 100;

/**
 * The variables of a request → values for all that the template needs.
 * @param maxCharacters the longest text that values may make of the template, in UTF-16 units
 * @throws ValidationException naming the variables that are missing or unknown
 */
export function readValues(
  template: PromptTemplate,
  sent: PromptVariables | null | undefined,
  maxCharacters: number,
): VariableValues {
  const values = new Map(
    Object.entries(sent ?? {}).flatMap(([name, value]) =>
      value?.text == null ? [] : [[name, value.text] as const],
    ),
  );
  const missing = template.variables.filter((name) => !values.has(name));
  const unknown = [...values.keys()].filter((name) => !template.inputVariables.includes(name));
  if (missing.length > 0 || unknown.length > 0) throw wrongVariables(missing, unknown);
  if (lengthOf(template, values) > maxCharacters) {
    throw new ValidationException(
      `The value at ${PATH} is invalid: with these values the prompt has more than ${maxCharacters} characters.`,
      { path: PATH },
    );
  }
  return values;
}

/** A text with values in place of its variables. Values are data: braces in them are not read. */
function fillText(text: TemplateText, values: VariableValues): string {
  return text
    .map((piece) => (typeof piece === 'string' ? piece : (values.get(piece.variable) ?? '')))
    .join('');
}

export function fillBlock(block: PromptBlock<TemplateText>, values: VariableValues): PromptBlock {
  return 'text' in block ? { text: fillText(block.text, values) } : block;
}

/** A variable may stand in many places, so the length is checked before the texts are made. */
function lengthOf({ system, messages }: PromptTemplate, values: VariableValues): number {
  let length = 0;
  for (const block of [...system, ...messages.flatMap(({ content }) => content)]) {
    if (!('text' in block)) continue;
    for (const piece of block.text) {
      length += typeof piece === 'string' ? piece.length : (values.get(piece.variable)?.length ?? 0);
    }
  }
  return length;
}

/** Names that the client chose are told to the client, and not logged. */
function wrongVariables(missing: readonly string[], unknown: readonly string[]): ValidationException {
  const lacks = missing.length === 0 ? [] : [`it lacks ${listed(missing)}`];
  const knows = unknown.length === 0 ? [] : [`the prompt has no variable ${listed(unknown)}`];
  const counted = unknown.length === 0 ? [] : ['it names unknown variables'];
  const [only] = unknown;
  const path =
    missing.length === 0 && unknown.length === 1 && only !== undefined ? `${PATH}.${shown(only)}` : PATH;
  return new ValidationException(`The value at ${path} is invalid: ${[...lacks, ...knows].join(', and ')}.`, {
    path,
    brokenRule: `The value at ${PATH} is invalid: ${[...lacks, ...counted].join(', and ')}.`,
  });
}

function listed(names: readonly string[]): string {
  const first = names.slice(0, MAX_NAMES).map(shown).join(', ');
  return names.length > MAX_NAMES ? `${first} and ${names.length - MAX_NAMES} more` : first;
}

function shown(name: string): string {
  return name.slice(0, MAX_NAME);
}
