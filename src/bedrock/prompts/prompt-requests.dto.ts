import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { Integer } from '../validation/number.decorator.js';
import { Text } from '../validation/text.decorator.js';

/** Bedrock's limit for the entries of a page. */
export const MAX_PROMPTS = 1_000;

/** The query of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_ListPrompts.html */
export class ListPromptsRequestDto {
  @IsOptional() @Text({ min: 1, max: 2048 }) promptIdentifier?: string;

  @IsOptional() @Integer({ min: 1, max: MAX_PROMPTS }) maxResults?: number;

  @IsOptional() @Text({ min: 1, max: 2048, pattern: '\\S*' }) nextToken?: string;
}

/** The query of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_GetPrompt.html */
export class GetPromptRequestDto {
  @IsOptional() @Text({ pattern: '(DRAFT|[0-9]{1,5})' }) promptVersion?: string;

  @IsOptional() @Choice(['ALL_DATA', 'METADATA_ONLY']) includedData?: 'ALL_DATA' | 'METADATA_ONLY';
}
