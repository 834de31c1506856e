import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Size } from '../validation/size.decorator.js';
import { Text } from '../validation/text.decorator.js';

const ROLES = ['user', 'assistant', 'system'] as const;
const CONTENT_CATEGORIES = ['VIOLENCE', 'HATE', 'SEXUAL', 'MISCONDUCT', 'INSULTS'] as const;
const ATTACK_CATEGORIES = ['JAILBREAK', 'PROMPT_INJECTION', 'PROMPT_LEAKAGE'] as const;

export class CheckedContentDto {
  @Required() @Text({ min: 1 }) text!: string;
}

export class CheckedMessageDto {
  @Required() @Choice(ROLES) role!: (typeof ROLES)[number];

  @Required() @Nested(() => CheckedContentDto, { each: true, min: 1 }) content!: CheckedContentDto[];
}

export class CheckedCategoryDto {
  @Required() @Choice(CONTENT_CATEGORIES) category!: (typeof CONTENT_CATEGORIES)[number];
}

export class ContentFilterCheckDto {
  @Required()
  @Nested(() => CheckedCategoryDto, { each: true, min: 1 })
  @Size({ max: 5 })
  categories!: CheckedCategoryDto[];
}

export class CheckedAttackDto {
  @Required() @Choice(ATTACK_CATEGORIES) category!: (typeof ATTACK_CATEGORIES)[number];
}

export class PromptAttackCheckDto {
  @Required()
  @Nested(() => CheckedAttackDto, { each: true, min: 1 })
  @Size({ max: 3 })
  categories!: CheckedAttackDto[];
}

export class CheckedEntityDto {
  @Required() @Text({ min: 1 }) type!: string;
}

export class SensitiveInformationCheckDto {
  @Required()
  @Nested(() => CheckedEntityDto, { each: true, min: 1 })
  @Size({ max: 31 })
  entities!: CheckedEntityDto[];
}

export class GuardrailChecksDto {
  @IsOptional() @Nested(() => ContentFilterCheckDto) contentFilter?: ContentFilterCheckDto;

  @IsOptional() @Nested(() => PromptAttackCheckDto) promptAttack?: PromptAttackCheckDto;

  @IsOptional()
  @Nested(() => SensitiveInformationCheckDto)
  sensitiveInformation?: SensitiveInformationCheckDto;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeGuardrailChecks.html */
export class InvokeGuardrailChecksRequestDto {
  @Required() @Nested(() => CheckedMessageDto, { each: true, min: 1 }) messages!: CheckedMessageDto[];

  @Required() @Nested(() => GuardrailChecksDto) checks!: GuardrailChecksDto;
}
