/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_FoundationModelSummary.html */
export interface FoundationModelSummary {
  modelArn: string;
  modelId: string;
  /** At most 20 characters. */
  modelName: string;
  /** At most 20 characters. */
  providerName: string;
  inputModalities: ModelModality[];
  outputModalities: ModelModality[];
  responseStreamingSupported: boolean;
  customizationsSupported: ModelCustomization[];
  inferenceTypesSupported: InferenceType[];
  modelLifecycle: { status: 'ACTIVE' };
}

export interface ListFoundationModelsResponse {
  modelSummaries: FoundationModelSummary[];
}

export interface GetFoundationModelResponse {
  modelDetails: FoundationModelSummary;
}

export const MODEL_MODALITIES = ['TEXT', 'IMAGE', 'EMBEDDING'] as const;
export const MODEL_CUSTOMIZATIONS = ['FINE_TUNING', 'CONTINUED_PRE_TRAINING', 'DISTILLATION'] as const;
/** `INFERENCE_PROFILE` is missing in the SDKs, but Bedrock returns it for models that only a profile can invoke. */
export const INFERENCE_TYPES = ['ON_DEMAND', 'PROVISIONED', 'INFERENCE_PROFILE'] as const;

export type ModelModality = (typeof MODEL_MODALITIES)[number];
export type ModelCustomization = (typeof MODEL_CUSTOMIZATIONS)[number];
export type InferenceType = (typeof INFERENCE_TYPES)[number];
