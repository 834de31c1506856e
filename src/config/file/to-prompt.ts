import {
  DRAFT,
  type PromptBlock,
  type PromptMessage,
  type PromptSettings,
  type PromptTemplate,
  type PromptVariant,
} from '../prompt.js';
import { parseTemplate, type TemplateText, variablesOf } from '../prompt-template.js';
import type { PromptDto, PromptVariantDto } from './prompt.dto.js';

/** A validated prompt of the file → the prompt. */
export function toPrompt(prompt: PromptDto): PromptSettings {
  const [variantDto] = prompt.variants;
  if (variantDto === undefined) throw new Error('The prompt has no variant'); // the DTO refuses it
  const { variant, template } = toVariant(variantDto);
  const { description, arn, createdAt, updatedAt } = prompt;
  return {
    id: prompt.id,
    version: prompt.version ?? DRAFT,
    name: prompt.name,
    ...(description != null && { description }),
    ...(arn != null && { arn: arn.replace(/:\d+$/, '') }),
    ...(createdAt != null && { createdAt: new Date(createdAt).toISOString() }),
    ...(updatedAt != null && { updatedAt: new Date(updatedAt).toISOString() }),
    variant,
    template,
  };
}

/** Only members of the validated file are copied, so the copy has the form of its type. */
function toVariant(dto: PromptVariantDto): { variant: PromptVariant; template: PromptTemplate } {
  const plain = withoutNulls(dto) as PromptVariant;
  const { templateConfiguration } = plain;
  const template = toTemplate(templateConfiguration);
  const inputVariables = template.inputVariables.map((name) => ({ name }));
  return {
    variant: {
      ...plain,
      templateConfiguration:
        'text' in templateConfiguration
          ? { text: { ...templateConfiguration.text, inputVariables } }
          : { chat: { ...templateConfiguration.chat, inputVariables } },
    },
    template,
  };
}

function toTemplate(configuration: PromptVariant['templateConfiguration']): PromptTemplate {
  if ('text' in configuration) {
    const { text, cachePoint, inputVariables } = configuration.text;
    const content: PromptBlock[] = [{ text }, ...(cachePoint === undefined ? [] : [{ cachePoint }])];
    return withVariables([], [toMessage({ role: 'user', content })], inputVariables);
  }
  const { system = [], messages, toolConfiguration, inputVariables } = configuration.chat;
  const template = withVariables(system.map(toBlock), messages.map(toMessage), inputVariables);
  return { ...template, ...(toolConfiguration !== undefined && { toolConfiguration }) };
}

function withVariables(
  system: readonly PromptBlock<TemplateText>[],
  messages: readonly PromptMessage<TemplateText>[],
  declared: readonly { readonly name: string }[] | undefined,
): PromptTemplate {
  const blocks = [...system, ...messages.flatMap(({ content }) => content)];
  const variables = variablesOf(blocks.flatMap((block) => ('text' in block ? [block.text] : [])));
  const names = (declared ?? []).map(({ name }) => name);
  return { system, messages, variables, inputVariables: [...new Set([...names, ...variables])] };
}

function toMessage({ role, content }: PromptMessage): PromptMessage<TemplateText> {
  return { role, content: content.map(toBlock) };
}

function toBlock(block: PromptBlock): PromptBlock<TemplateText> {
  return 'text' in block ? { text: parseTemplate(block.text) } : block;
}

/** Null in the file means "not set". What is free of form, such as a JSON Schema, may hold nulls, and keeps them. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member != null);
  return Object.fromEntries(
    members.map(([name, member]) => [name, FREE_FORM.has(name) ? member : withoutNulls(member)]),
  );
}

const FREE_FORM: ReadonlySet<string> = new Set(['json', 'additionalModelRequestFields']);
