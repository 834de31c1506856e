import { ValidationException } from '../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { PromptSettings, PromptToolConfiguration } from '../config/prompt.js';
import { fillBlock, readValues } from './fill-template.js';

/** Members that only the prompt may set. */
const OF_THE_PROMPT = ['additionalModelRequestFields', 'inferenceConfig', 'system', 'toolConfig'] as const;

/**
 * A prompt, filled with the variables of a request, and followed by its messages → a Converse request. The other members
 * of the request stay.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-management-test.html
 * @param maxCharacters the longest text that values may make of the template
 * @throws ValidationException for a member that only the prompt may set, and for missing or unknown variables
 */
export function fillPrompt(
  { template, variant }: PromptSettings,
  request: ConverseRequestDto,
  maxCharacters: number,
): ConverseRequestDto {
  const forbidden = OF_THE_PROMPT.find((member) => request[member] != null);
  if (forbidden !== undefined) throw onlyOfThePrompt(forbidden);
  const { promptVariables, messages: appended, ...others } = request;
  const values = readValues(template, promptVariables, maxCharacters);
  const system = template.system.map((block) => fillBlock(block, values));
  const messages = template.messages.map(({ role, content }) => ({
    role,
    content: content.map((block) => fillBlock(block, values)),
  }));
  const { inferenceConfiguration, additionalModelRequestFields } = variant;
  return {
    ...others,
    messages: [...messages, ...(appended ?? [])],
    ...(system.length > 0 && { system }),
    ...(inferenceConfiguration !== undefined && { inferenceConfig: copyOf(inferenceConfiguration.text) }),
    ...(template.toolConfiguration !== undefined && { toolConfig: toToolConfig(template.toolConfiguration) }),
    ...(additionalModelRequestFields !== undefined && { additionalModelRequestFields }),
  };
}

function onlyOfThePrompt(path: string): ValidationException {
  return new ValidationException(
    `The value at ${path} is invalid: a request that uses a prompt cannot set it. Remove ${path}, or set it in the prompt.`,
    { path },
  );
}

/** The configuration is frozen, and its lists are read-only. */
function copyOf({
  stopSequences,
  ...numbers
}: NonNullable<
  PromptSettings['variant']['inferenceConfiguration']
>['text']): ConverseRequestDto['inferenceConfig'] {
  return { ...numbers, ...(stopSequences !== undefined && { stopSequences: [...stopSequences] }) };
}

function toToolConfig({ tools, toolChoice }: PromptToolConfiguration): ConverseRequestDto['toolConfig'] {
  return { tools: [...tools], ...(toolChoice !== undefined && { toolChoice }) };
}
