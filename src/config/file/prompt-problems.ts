import { parseTemplate, variablesOf } from '../prompt-template.js';
import { DRAFT } from '../prompt.js';
import type { ModelRuleDto } from './model-rule.dto.js';
import type { PromptDto, PromptVariantDto } from './prompt.dto.js';
import type { PromptBlockDto, PromptTemplateConfigurationDto } from './prompt-template.dto.js';
import type { PromptToolConfigurationDto } from './prompt-tools.dto.js';

const ARN = /^arn:[^:/]+:bedrock:[^:/]*:[^:/]*:prompt\/(?<id>[0-9a-zA-Z]{10})(?::\d{1,5})?$/;

/** A prompt, and where it stands: `prompts.0`, or a file of the folder. */
export interface PlacedPrompt {
  readonly path: string;
  readonly prompt: PromptDto;
}

/** Errors in the prompts that involve more than one key: one line each, with its path. */
export function promptProblems(placed: readonly PlacedPrompt[], models: readonly ModelRuleDto[]): string[] {
  const owners = new Map<string, string>();
  const ids = new Set(placed.map(({ prompt }) => prompt.id));
  return placed.flatMap(({ path, prompt }) => {
    const version = `${prompt.id}:${prompt.version ?? DRAFT}`;
    const owner = owners.get(version);
    if (owner === undefined) owners.set(version, path);
    return [
      ...(owner === undefined ? [] : [`${path}: has the id and the version of ${owner} too`]),
      ...identityProblems(prompt, path, models),
      ...prompt.variants.flatMap((variant, index) =>
        variantProblems(variant, `${path}.variants.${index}`, ids),
      ),
    ];
  });
}

function identityProblems(
  { id, arn, variants, defaultVariant }: PromptDto,
  path: string,
  models: readonly ModelRuleDto[],
): string[] {
  const problems: string[] = [];
  const rule = models.findIndex(({ match }) => match === id || match.startsWith(`${id}:`));
  if (rule !== -1) problems.push(`${path}.id: models.${rule} has the same name, and one id means one thing`);
  if (arn != null && ARN.exec(arn)?.groups?.['id'] !== id)
    problems.push(`${path}.arn: is not that of the prompt`);
  if (defaultVariant != null && variants.every(({ name }) => name !== defaultVariant)) {
    problems.push(`${path}.defaultVariant: there is no variant "${defaultVariant}"`);
  }
  return problems;
}

function variantProblems(
  { templateType, templateConfiguration, modelId }: PromptVariantDto,
  path: string,
  ids: ReadonlySet<string>,
): string[] {
  const problems: string[] = [];
  const isPrompt = /^arn:.*:prompt\//s.test(modelId) || ids.has(modelId.replace(/:\d+$/, ''));
  if (isPrompt) problems.push(`${path}.modelId: must not be a prompt`);
  const { text, chat } = templateConfiguration;
  const isOfType = templateType === 'TEXT' ? text != null && chat == null : chat != null && text == null;
  if (isOfType)
    return [...problems, ...templateProblems(templateConfiguration, `${path}.templateConfiguration`)];
  const member = templateType === 'TEXT' ? 'text' : 'chat';
  return [...problems, `${path}.templateConfiguration: ${templateType} needs "${member}" and nothing else`];
}

function templateProblems({ text, chat }: PromptTemplateConfigurationDto, path: string): string[] {
  if (text != null) return undeclared([text.text], text.inputVariables, `${path}.text`);
  if (chat == null) return [];
  const lists = [
    { at: `${path}.chat.system`, blocks: chat.system ?? [] },
    ...chat.messages.map(({ content }, index) => ({
      at: `${path}.chat.messages.${index}.content`,
      blocks: content,
    })),
  ];
  const texts = lists.flatMap(({ blocks }) => blocks.flatMap((block) => block.text ?? []));
  return [
    ...lists.flatMap(({ at, blocks }) =>
      blocks.flatMap((block, index) => blockProblems(block, `${at}.${index}`)),
    ),
    ...toolProblems(chat.toolConfiguration, `${path}.chat.toolConfiguration`),
    ...undeclared(texts, chat.inputVariables, `${path}.chat`),
  ];
}

function blockProblems({ text, cachePoint }: PromptBlockDto, path: string): string[] {
  return (text == null) === (cachePoint == null) ? [`${path}: needs either "text" or "cachePoint"`] : [];
}

function toolProblems(configuration: PromptToolConfigurationDto | null | undefined, path: string): string[] {
  if (configuration == null) return [];
  const { tools, toolChoice } = configuration;
  const problems = tools.flatMap(({ toolSpec, cachePoint }, index) =>
    (toolSpec == null) === (cachePoint == null)
      ? [`${path}.tools.${index}: needs either "toolSpec" or "cachePoint"`]
      : [],
  );
  if (toolChoice == null) return problems;
  const { auto, any, tool } = toolChoice;
  if ([auto, any, tool].filter((member) => member != null).length !== 1) {
    problems.push(`${path}.toolChoice: needs one of "auto", "any" and "tool"`);
  }
  if (tool != null && tools.every(({ toolSpec }) => toolSpec?.name !== tool.name)) {
    problems.push(`${path}.toolChoice.tool.name: there is no tool "${tool.name}"`);
  }
  return problems;
}

/** A list of variables that lacks one is probably a slip in either place. */
function undeclared(
  texts: readonly string[],
  declared: readonly { readonly name: string }[] | null | undefined,
  path: string,
): string[] {
  if (declared == null) return [];
  const names = new Set(declared.map(({ name }) => name));
  const missing = variablesOf(texts.map(parseTemplate)).filter((name) => !names.has(name));
  return missing.map((name) => `${path}.inputVariables: lacks "${name}", which stands in the template`);
}
