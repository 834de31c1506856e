import { IsOptional } from 'class-validator';
import { Text } from '../validation/text.decorator.js';

/** Why a model could not make the image or the audio of its answer. */
export class ErrorBlockDto {
  @IsOptional() @Text() message?: string;
}
