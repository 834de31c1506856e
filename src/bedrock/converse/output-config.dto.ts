import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';

const OUTPUT_FORMAT_TYPES = ['json_schema'] as const;

export class JsonSchemaDefinitionDto {
  /** A JSON schema as JSON text. */
  @Required() @Text() schema!: string;

  @IsOptional() @Text() name?: string;

  @IsOptional() @Text() description?: string;
}

/** A union with one member. */
@ExactlyOneOf()
export class OutputFormatStructureDto {
  @IsOptional() @Nested(() => JsonSchemaDefinitionDto) jsonSchema?: JsonSchemaDefinitionDto;
}

export class OutputFormatDto {
  @Required() @Choice(OUTPUT_FORMAT_TYPES) type!: (typeof OUTPUT_FORMAT_TYPES)[number];

  @Required() @Nested(() => OutputFormatStructureDto) structure!: OutputFormatStructureDto;
}

export class OutputConfigDto {
  @IsOptional() @Nested(() => OutputFormatDto) textFormat?: OutputFormatDto;

  @IsOptional() @Text({ max: 16 }) effort?: string;
}
