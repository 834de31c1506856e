import { IsOptional } from 'class-validator';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';

export class S3LocationDto {
  @Required()
  @Text({ min: 1, max: 1024, pattern: 's3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?' })
  uri!: string;

  @IsOptional() @Text({ pattern: '[0-9]{12}' }) bucketOwner?: string;
}
