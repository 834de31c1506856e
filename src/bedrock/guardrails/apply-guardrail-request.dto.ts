import { IsOptional } from 'class-validator';
import { GuardrailConverseContentBlockDto } from '../converse/guard-content-block.dto.js';
import { Choice } from '../validation/choice.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';

const SOURCES = ['INPUT', 'OUTPUT'] as const;
const SCOPES = ['INTERVENTIONS', 'FULL'] as const;

export type GuardrailOutputScope = (typeof SCOPES)[number];

/** The content has the form of `guardContent` in Converse. */
export class ApplyGuardrailRequestDto {
  @Required() @Choice(SOURCES) source!: (typeof SOURCES)[number];

  @Required()
  @Nested(() => GuardrailConverseContentBlockDto, { each: true })
  content!: GuardrailConverseContentBlockDto[];

  @IsOptional() @Choice(SCOPES) outputScope?: GuardrailOutputScope;
}
