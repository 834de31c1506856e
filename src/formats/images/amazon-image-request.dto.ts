import { IsOptional } from 'class-validator';
import { Choice } from '../../bedrock/validation/choice.decorator.js';
import { FreeForm } from '../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../bedrock/validation/nested.decorator.js';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

const MAX_IMAGES = 5;

export class TextToImageParamsDto {
  @Required() @Text({ min: 1 }) text!: string;

  /** What the image must not show. */
  @IsOptional() @Text() negativeText?: string;

  @IsOptional() @Text() style?: string;

  @IsOptional() @FreeForm() conditionImage?: unknown;

  @IsOptional() @FreeForm() controlMode?: unknown;

  @IsOptional() @FreeForm() controlStrength?: unknown;
}

export class ImageGenerationConfigDto {
  @IsOptional() @Integer({ min: 1 }) width?: number;

  @IsOptional() @Integer({ min: 1 }) height?: number;

  @IsOptional() @Choice(['standard', 'premium']) quality?: 'standard' | 'premium';

  @IsOptional() @Float() cfgScale?: number;

  @IsOptional() @Integer({ min: 0 }) seed?: number;

  @IsOptional() @Integer({ min: 1, max: MAX_IMAGES }) numberOfImages?: number;
}

/** Titan Image Generator and Nova Canvas. https://docs.aws.amazon.com/nova/latest/userguide/image-gen-req-resp-structure.html */
export class AmazonImageRequestDto {
  @Required() @Text() taskType!: string;

  @IsOptional() @Nested(() => TextToImageParamsDto) textToImageParams?: TextToImageParamsDto;

  @IsOptional() @Nested(() => ImageGenerationConfigDto) imageGenerationConfig?: ImageGenerationConfigDto;
}
