import { objectOf } from '../json-value.js';
import { type AdditionalField, conflict, type ParamsDraft } from './params-draft.js';
import type { RequestContext } from './request-context.js';
import { chooseAny, chooseFreely, chooseOne, type ToolParams } from './tool-choice.js';
import type { FunctionTool } from './tool-specification.js';

/**
 * Anthropic's `{type, name, disable_parallel_tool_use}` → `tool_choice` and `parallel_tool_calls`. A choice in OpenAI's
 * format is passed on unchanged. Without tools the choice is ignored.
 * @throws ValidationException when `toolConfig.toolChoice` is set too, or the tool is not declared
 */
export function anthropicToolChoiceToParams(
  { name, path, value }: AdditionalField,
  draft: ParamsDraft,
  context: RequestContext,
): void {
  const { ignored, dialect } = context;
  if (draft.has('tool_choice')) throw conflict(name);
  if (!draft.has('tools')) return ignored.parameter(path);
  const choice = objectOf(value);
  const choose = CHOOSE.get(choice?.type);
  if (choice === undefined || choose === undefined) return draft.add(name, 'tool_choice', value);
  // the assertion is safe: only the conversion of toolConfig sets tools
  draft.replace(choose(choice, draft.params.tools as FunctionTool[], path, context));
  if (choice.disable_parallel_tool_use !== true || !draft.has('tools')) return;
  if (dialect.parallelToolCalls) draft.add(name, 'parallel_tool_calls', false);
  else ignored.parameter(`${path}.disable_parallel_tool_use`);
}

type Choose = (
  choice: Record<string, unknown>,
  tools: FunctionTool[],
  path: string,
  context: RequestContext,
) => ToolParams;

const CHOOSE: ReadonlyMap<unknown, Choose> = new Map<unknown, Choose>([
  ['auto', (_, tools, _path, context) => chooseFreely(tools, context)],
  ['any', (_, tools, path, context) => chooseAny(tools, path, context)],
  ['tool', ({ name }, tools, path, context) => chooseOne(name, tools, `${path}.name`, context)],
  // a server without tool_choice would call the tools, so it gets none
  [
    'none',
    (_, tools, _path, { dialect }) => (dialect.toolChoice === 'none' ? {} : { tools, tool_choice: 'none' }),
  ],
]);
