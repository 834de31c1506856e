import { IsOptional } from 'class-validator';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { Integer } from '../../../bedrock/validation/number.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { byType } from './block-types.js';

const DISPLAYS = ['summarized', 'omitted', 'updates'] as const;

type Display = (typeof DISPLAYS)[number];

class EnabledThinkingDto {
  readonly type!: 'enabled';

  /** Tokens. */
  @Required() @Integer({ min: 1 }) budget_tokens!: number;

  @IsOptional() @Choice(DISPLAYS) display?: Display;
}

class AdaptiveThinkingDto {
  readonly type!: 'adaptive';

  @IsOptional() @Choice(DISPLAYS) display?: Display;
}

class NoThinkingDto {
  readonly type!: 'disabled' | 'between_tools';
}

export type MessagesThinking = EnabledThinkingDto | AdaptiveThinkingDto | NoThinkingDto;

export const THINKING = byType({
  enabled: () => EnabledThinkingDto,
  adaptive: () => AdaptiveThinkingDto,
  disabled: () => NoThinkingDto,
  between_tools: () => NoThinkingDto,
});
