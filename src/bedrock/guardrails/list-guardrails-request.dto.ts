import { IsOptional } from 'class-validator';
import { Integer } from '../validation/number.decorator.js';
import { Text } from '../validation/text.decorator.js';

/** Bedrock's limit for the entries of a page. */
export const MAX_GUARDRAILS = 1_000;

/** The query of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListGuardrails.html */
export class ListGuardrailsRequestDto {
  @IsOptional() @Text({ max: 2048 }) guardrailIdentifier?: string;

  @IsOptional() @Integer({ min: 1, max: MAX_GUARDRAILS }) maxResults?: number;

  @IsOptional() @Text({ min: 1, max: 2048, pattern: '\\S*' }) nextToken?: string;
}

/** The query of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetGuardrail.html */
export class GetGuardrailRequestDto {
  @IsOptional() @Text({ pattern: '(([1-9][0-9]{0,7})|(DRAFT))' }) guardrailVersion?: string;
}
