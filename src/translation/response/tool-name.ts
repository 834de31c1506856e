import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';

/** Bedrock's tool names: 1–64 of these characters. */
const OUTSIDE_CHARSET = /[^a-zA-Z0-9_-]/g;
const MAX_CHARACTERS = 64;
/** A longer name is no declared one, whatever namespace it has, so it is not compared with any. */
const MAX_COMPARED_CHARACTERS = 256;
/** What stands between a namespace and a name: `functions.look`, `default_api:look`, `files/look`, `files__look`. */
const SEPARATOR = /(?:[^a-zA-Z0-9_-]|_{2,})+/g;

/**
 * The name of a called function → the name that the client declared. In this order: the same; the same but for case
 * and separators (LM Studio makes names snake_case); the same but for a namespace, which models put before a name or
 * leave out. One that fits two declared names fits none. An unknown name stays, in a form that clients accept.
 */
export function declaredToolName(name: string, declared: readonly string[]): string {
  if (declared.includes(name)) return name;
  const found = name.length <= MAX_COMPARED_CHARACTERS ? nearestName(name, declared) : undefined;
  return found ?? name.replaceAll(OUTSIDE_CHARSET, '_').slice(0, MAX_CHARACTERS);
}

/** Whether a name, with a namespace or without, is whole: a declared one. */
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
  // as little as possible is taken from the front
  for (const local of [name, ...localNames(name)]) {
    const found = declared.includes(local) ? local : onlyAlike(local, declared);
    if (found !== undefined) return found;
  }
  return only(declared.filter((tool) => localNames(tool).includes(name)));
}

/** What stands behind each separator, the longest first. */
function localNames(name: string): string[] {
  const starts = [...name.matchAll(SEPARATOR)].map(({ 0: separator, index }) => index + separator.length);
  return starts.filter((start) => start < name.length).map((start) => name.slice(start));
}

/** The declared name that differs in case and separators alone. */
function onlyAlike(name: string, declared: readonly string[]): string | undefined {
  const letters = essence(name);
  return letters === '' ? undefined : only(declared.filter((tool) => essence(tool) === letters));
}

function essence(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}
