import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';

/** Bedrock's tool names: 1–64 of these characters. */
const OUTSIDE_CHARSET = /[^a-zA-Z0-9_-]/g;
const MAX_CHARACTERS = 64;
/** Longer names match no declared tool, so they are not compared. */
const MAX_COMPARED_CHARACTERS = 256;
/** Separates a namespace from a name: `functions.look`, `default_api:look`, `files/look`, `files__look`. */
const SEPARATOR = /(?:[^a-zA-Z0-9_-]|_{2,})+/g;

/**
 * The name of a called function → the name of the tool that the client declared. It matches, in this order, the same
 * name; one that differs in case and separators (LM Studio converts names to snake_case); one that differs in a
 * namespace, which models add or leave out. An ambiguous match does not count. An unknown name is kept, reduced to the
 * characters and length that clients accept.
 */
export function declaredToolName(name: string, declared: readonly string[]): string {
  if (declared.includes(name)) return name;
  const found = name.length <= MAX_COMPARED_CHARACTERS ? nearestName(name, declared) : undefined;
  return found ?? name.replaceAll(OUTSIDE_CHARSET, '_').slice(0, MAX_CHARACTERS);
}

/** Whether a name, with or without a namespace, is that of a declared tool. */
export function isDeclaredName(name: string, declared: readonly string[]): boolean {
  if (declared.includes(name)) return true;
  return name.length <= MAX_COMPARED_CHARACTERS && localNames(name).some((local) => declared.includes(local));
}

/** The names of the request's tools. */
export function declaredToolNames(request: ConverseRequestDto): string[] {
  const tools = request.toolConfig?.tools ?? [];
  return tools.flatMap(({ toolSpec }) => (toolSpec == null ? [] : [toolSpec.name]));
}

function nearestName(name: string, declared: readonly string[]): string | undefined {
  // the shortest namespace is removed first
  for (const local of [name, ...localNames(name)]) {
    const found = declared.includes(local) ? local : onlySimilar(local, declared);
    if (found !== undefined) return found;
  }
  return onlyOne(declared.filter((tool) => localNames(tool).includes(name)));
}

/** The rest of the name after each separator, the longest first. */
function localNames(name: string): string[] {
  const starts = [...name.matchAll(SEPARATOR)].map(({ 0: separator, index }) => index + separator.length);
  return starts.filter((start) => start < name.length).map((start) => name.slice(start));
}

/** The only declared name that differs just in case and separators. */
function onlySimilar(name: string, declared: readonly string[]): string | undefined {
  const letters = lettersAndDigits(name);
  return letters === '' ? undefined : onlyOne(declared.filter((tool) => lettersAndDigits(tool) === letters));
}

function lettersAndDigits(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}
