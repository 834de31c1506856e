import { IsOptional } from 'class-validator';
import { Text } from '../validation/text.decorator.js';

/** Why a model failed to generate the image or audio of its answer. */
export class ErrorBlockDto {
  @IsOptional() @Text() message?: string;
}
