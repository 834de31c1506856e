import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import { objectOf, objectsOf } from '../json-value.js';
import { invalid } from '../request/refuse.js';
import type { ChatContext } from './adapted-fields.js';

type Tools = NonNullable<ChatCompletionParams['tools']>;
type ToolChoiceContext = Pick<ChatContext, 'dialect' | 'ignored'>;

const PATH = 'tool_choice';

/** What a choice means: one of the words, among these tools. */
interface Meaning {
  readonly word: 'auto' | 'none' | 'required';
  readonly tools: Tools;
}

/**
 * Replaces a tool choice that the server does not know by one that it knows, and by fewer tools.
 * @throws ValidationException when the chosen tool is not declared
 */
export function adaptToolChoice(params: ChatCompletionParams, { dialect, ignored }: ToolChoiceContext): void {
  const { tool_choice: choice, tools } = params;
  if (choice == null || dialect.toolChoice === 'full') return;
  delete params.tool_choice;
  const meaning = meaningOf(choice, tools ?? []);
  if (meaning === undefined) return ignored.parameter(PATH);
  if (tools !== undefined) params.tools = meaning.tools;
  if (dialect.toolChoice === 'strings') params.tool_choice = meaning.word;
  // a server without tool_choice would call the tools, so it gets none
  else if (meaning.word === 'none') delete params.tools;
  else if (meaning.word === 'required') ignored.parameter(PATH);
}

/** → undefined for a choice of an unknown shape. */
function meaningOf(choice: unknown, tools: Tools): Meaning | undefined {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { word: choice, tools };
  const { type, [String(objectOf(choice)?.type)]: chosen } = objectOf(choice) ?? {};
  if (type === 'function' || type === 'custom') {
    return { word: 'required', tools: [declared(chosen, `${PATH}.${type}.name`, tools)] };
  }
  if (type !== 'allowed_tools') return undefined;
  const { mode, tools: allowed } = objectOf(chosen) ?? {};
  return {
    word: mode === 'required' ? mode : 'auto',
    tools: objectsOf(allowed).map((tool, index) => {
      const kind = String(tool.type);
      return declared(tool[kind], `${PATH}.allowed_tools.tools.${index}.${kind}.name`, tools);
    }),
  };
}

function declared(chosen: unknown, path: string, tools: Tools): Tools[number] {
  const name = objectOf(chosen)?.name;
  const tool = tools.find((each) => name !== undefined && nameOf(each) === name);
  if (tool === undefined) throw invalid(path, 'no tool of this name is among the tools.');
  return tool;
}

function nameOf(tool: object): unknown {
  const { function: definition, custom } = tool as { function?: unknown; custom?: unknown }; // tools are unchecked
  return objectOf(definition ?? custom)?.name;
}
