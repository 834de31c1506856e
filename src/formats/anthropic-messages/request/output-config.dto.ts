import { IsOptional } from 'class-validator';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { MapOf } from '../../../bedrock/validation/map-of.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';

const ANYTHING = { accepts: () => true, constraint: () => '' };

export class JsonOutputFormatDto {
  @Required() @Choice(['json_schema']) type!: 'json_schema';

  /** A JSON schema. */
  @Required() @MapOf({ value: ANYTHING }) schema!: Record<string, unknown>;
}

export class MessagesOutputConfigDto {
  @IsOptional() @Text({ min: 1, max: 16 }) effort?: string;

  @IsOptional() @Nested(() => JsonOutputFormatDto) format?: JsonOutputFormatDto;

  /** Ignored. */
  @IsOptional() @FreeForm() task_budget?: unknown;
}
