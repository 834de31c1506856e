import { IsOptional } from 'class-validator';
import { Blob } from '../../../bedrock/validation/blob.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';

export class ThinkingBlockDto {
  readonly type!: 'thinking';

  @Required() @Text() thinking!: string;

  @IsOptional() @Text() signature?: string;
}

export class RedactedThinkingBlockDto {
  readonly type!: 'redacted_thinking';

  @Required() @Blob() data!: string;
}
