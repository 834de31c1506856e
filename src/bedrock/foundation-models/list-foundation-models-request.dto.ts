import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { Text } from '../validation/text.decorator.js';
import {
  INFERENCE_TYPES,
  MODEL_CUSTOMIZATIONS,
  MODEL_MODALITIES,
  type InferenceType,
  type ModelCustomization,
  type ModelModality,
} from './foundation-model.js';

/** The query of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html */
export class ListFoundationModelsRequestDto {
  @IsOptional() @Text({ pattern: '[A-Za-z0-9. -]{1,63}' }) byProvider?: string;

  @IsOptional() @Choice(MODEL_CUSTOMIZATIONS) byCustomizationType?: ModelCustomization;

  @IsOptional() @Choice(MODEL_MODALITIES) byOutputModality?: ModelModality;

  @IsOptional() @Choice(INFERENCE_TYPES) byInferenceType?: InferenceType;
}
