/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_InferenceProfileSummary.html */
export interface InferenceProfileSummary {
  /** At most 64 letters and digits, with single spaces, `_` and `-` between them. */
  inferenceProfileName: string;
  inferenceProfileArn: string;
  inferenceProfileId: string;
  /** 1 to 5. */
  models: { modelArn: string }[];
  status: 'ACTIVE';
  type: InferenceProfileType;
}

export interface ListInferenceProfilesResponse {
  inferenceProfileSummaries: InferenceProfileSummary[];
  nextToken?: string;
}

export const INFERENCE_PROFILE_TYPES = ['SYSTEM_DEFINED', 'APPLICATION'] as const;

export type InferenceProfileType = (typeof INFERENCE_PROFILE_TYPES)[number];
