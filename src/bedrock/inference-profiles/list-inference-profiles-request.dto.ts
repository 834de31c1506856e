import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { Integer } from '../validation/number.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { INFERENCE_PROFILE_TYPES, type InferenceProfileType } from './inference-profile.js';

/** Bedrock's limit for the entries of a page. */
export const MAX_PAGE = 1_000;

/** The query of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html */
export class ListInferenceProfilesRequestDto {
  @IsOptional() @Integer({ min: 1, max: MAX_PAGE }) maxResults?: number;

  @IsOptional() @Text({ min: 1, max: 2048, pattern: '\\S*' }) nextToken?: string;

  /** `typeEquals` in the SDKs. */
  @IsOptional() @Choice(INFERENCE_PROFILE_TYPES) type?: InferenceProfileType;
}
