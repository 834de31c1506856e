import { IsOptional } from 'class-validator';
import { FreeForm } from '../../bedrock/validation/free-form.decorator.js';
import type { DtoClass, Variants } from '../../bedrock/validation/dto-members.js';
import { Nested } from '../../bedrock/validation/nested.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';
import { TextOrVariants } from '../../bedrock/validation/variants.decorator.js';

export class MistralTextPartDto {
  readonly type!: 'text';

  @Required() @Text() text!: string;
}

export class MistralImagePartDto {
  readonly type!: 'image_url';

  /** A URL, or an object with one. */
  @Required() @FreeForm() image_url!: unknown;
}

const TEXT_PARTS = variants('type', { text: () => MistralTextPartDto });
const PARTS = variants('type', { text: () => MistralTextPartDto, image_url: () => MistralImagePartDto });

export type MistralContent = string | (MistralTextPartDto | MistralImagePartDto)[];

class MistralSystemMessageDto {
  readonly role!: 'system';

  @Required() @TextOrVariants(TEXT_PARTS) content!: string | MistralTextPartDto[];
}

class MistralUserMessageDto {
  readonly role!: 'user';

  @Required() @TextOrVariants(PARTS) content!: MistralContent;
}

export class MistralFunctionCallDto {
  @Required() @Text({ min: 1, max: 64 }) name!: string;

  /** JSON text, or the value itself. */
  @IsOptional() @FreeForm() arguments?: unknown;
}

export class MistralToolCallDto {
  @Required() @Text({ min: 1, max: 64, pattern: '[a-zA-Z0-9_.:-]+' }) id!: string;

  @IsOptional() @Text() type?: string;

  @Required() @Nested(() => MistralFunctionCallDto) function!: MistralFunctionCallDto;
}

export class MistralAssistantMessageDto {
  readonly role!: 'assistant';

  @IsOptional() @TextOrVariants(TEXT_PARTS) content?: string | MistralTextPartDto[];

  @IsOptional() @Nested(() => MistralToolCallDto, { each: true }) tool_calls?: MistralToolCallDto[];

  /** Whether the model is to continue the message. A last assistant message is continued anyway. */
  @IsOptional() @FreeForm() prefix?: unknown;
}

export class MistralToolMessageDto {
  readonly role!: 'tool';

  @Required() @TextOrVariants(TEXT_PARTS) content!: string | MistralTextPartDto[];

  @Required() @Text({ min: 1, max: 64, pattern: '[a-zA-Z0-9_.:-]+' }) tool_call_id!: string;

  /** Of the function. The id says it too. */
  @IsOptional() @Text() name?: string;
}

export type MistralMessage =
  MistralSystemMessageDto | MistralUserMessageDto | MistralAssistantMessageDto | MistralToolMessageDto;

export const MESSAGES = variants('role', {
  system: () => MistralSystemMessageDto,
  user: () => MistralUserMessageDto,
  assistant: () => MistralAssistantMessageDto,
  tool: () => MistralToolMessageDto,
});

function variants(tag: string, classes: Readonly<Record<string, () => DtoClass>>): Variants {
  const types = new Map(Object.entries(classes));
  return {
    tag,
    classOf: (value) => (typeof value === 'string' ? types.get(value)?.() : undefined),
    constraint: `Member must satisfy enum value set: [${[...types.keys()].join(', ')}]`,
  };
}
