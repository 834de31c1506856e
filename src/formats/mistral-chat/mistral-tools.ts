import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ToolChoiceDto } from '../../bedrock/converse/tool-config.dto.js';
import { STRUCTURE } from '../../bedrock/validation/rule.js';
import type { NativePaths } from '../native-paths.js';
import { present } from '../present.js';
import { invalid } from '../refuse.js';
import type { MistralToolDto } from './mistral-chat-request.dto.js';

const PATH = 'tool_choice';
const ANY_INPUT = { type: 'object', properties: {} };

/** A tool choice, as a member of Converse or, where Converse has none, as an additional field. */
interface ReadToolChoice {
  readonly toolChoice?: ToolChoiceDto;
  readonly field?: { type: 'none' };
}

const CHOICES: Readonly<Record<string, ReadToolChoice>> = {
  auto: { toolChoice: { auto: {} } },
  any: { toolChoice: { any: {} } },
  required: { toolChoice: { any: {} } },
  none: { field: { type: 'none' } },
};

/** @throws ValidationException */
export function readToolChoice(choice: unknown): ReadToolChoice {
  if (choice == null) return {};
  if (typeof choice === 'string') {
    const read = Object.hasOwn(CHOICES, choice) ? CHOICES[choice] : undefined;
    if (read === undefined) throw invalid(PATH, `it is none of ${Object.keys(CHOICES).join(', ')}.`);
    return read;
  }
  const named = STRUCTURE.accepts(choice) ? choice['function'] : undefined;
  const name = STRUCTURE.accepts(named) ? named['name'] : undefined;
  if (typeof name !== 'string') throw invalid(`${PATH}.function.name`, 'it is no string.');
  return { toolChoice: { tool: { name } } };
}

/** An empty list asks for nothing. */
export function addTools(
  request: ConverseRequestDto,
  tools: readonly MistralToolDto[],
  toolChoice: ToolChoiceDto | undefined,
  paths: NativePaths,
): void {
  if (tools.length === 0) return;
  const specs = tools.map(({ function: { name, description, parameters, strict } }, index) => {
    const inputSchema = { json: parameters ?? ANY_INPUT };
    const named = present({ name, description: description === '' ? undefined : description, strict });
    return paths.from(`tools.${index}`, { toolSpec: { ...named, inputSchema } });
  });
  request.toolConfig = paths.from(
    'tools',
    { tools: specs, ...(toolChoice !== undefined && { toolChoice }) },
    { toolChoice: PATH },
  );
}
