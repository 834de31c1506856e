import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';

/** Bedrock's tool names: 1–64 of these characters. */
const OUTSIDE_CHARSET = /[^a-zA-Z0-9_-]/g;
const MAX_CHARACTERS = 64;

/**
 * The name of a called function → the name that the client declared: the same, or the only one that differs in
 * case and separators alone (LM Studio makes names snake_case). An unknown name stays, in a form that clients accept.
 */
export function declaredToolName(name: string, declared: readonly string[]): string {
  if (declared.includes(name)) return name;
  const alike = declared.filter((tool) => essence(tool) === essence(name));
  const [only] = alike;
  if (only !== undefined && alike.length === 1) return only;
  return name.replaceAll(OUTSIDE_CHARSET, '_').slice(0, MAX_CHARACTERS);
}

/** The names of the request's tools. */
export function declaredToolNames(request: ConverseRequestDto): string[] {
  const tools = request.toolConfig?.tools ?? [];
  return tools.flatMap(({ toolSpec }) => (toolSpec == null ? [] : [toolSpec.name]));
}

function essence(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
