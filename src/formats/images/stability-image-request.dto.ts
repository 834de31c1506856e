import { IsOptional } from 'class-validator';
import { Choice } from '../../bedrock/validation/choice.decorator.js';
import { FreeForm } from '../../bedrock/validation/free-form.decorator.js';
import { Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

const ASPECT_RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'] as const;
const OUTPUT_FORMATS = ['png', 'jpeg', 'webp'] as const;

export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-stable-ultra-text-image-request-response.html */
export class StabilityImageRequestDto {
  @Required() @Text({ min: 1, max: 10_000 }) prompt!: string;

  @IsOptional() @Text({ max: 10_000 }) negative_prompt?: string;

  @IsOptional() @Choice(ASPECT_RATIOS) aspect_ratio?: AspectRatio;

  @IsOptional() @Choice(OUTPUT_FORMATS) output_format?: (typeof OUTPUT_FORMATS)[number];

  @IsOptional() @Integer({ min: 0 }) seed?: number;

  @IsOptional() @Choice(['text-to-image', 'image-to-image']) mode?: string;

  /** The image of `image-to-image`, and how strong its influence is. */
  @IsOptional() @FreeForm() image?: unknown;

  @IsOptional() @FreeForm() strength?: unknown;
}
