import type {
  FoundationModelSummary as SdkModel,
  GetInferenceProfileResponse,
  InferenceProfileSummary as SdkProfile,
  ListFoundationModelsRequest,
  ListInferenceProfilesRequest,
} from '@aws-sdk/client-bedrock';
import type { FoundationModelSummary } from '../../src/bedrock/foundation-models/foundation-model.js';
import type { ListFoundationModelsRequestDto } from '../../src/bedrock/foundation-models/list-foundation-models-request.dto.js';
import type { InferenceProfileSummary } from '../../src/bedrock/inference-profiles/inference-profile.js';
import type { ListInferenceProfilesRequestDto } from '../../src/bedrock/inference-profiles/list-inference-profiles-request.dto.js';
import type { Equal, Expect, ExtraKeys, Json, Wire } from './wire.js';

/** A value that Bedrock returns for such models, and that no SDK declares. */
type Known = Omit<FoundationModelSummary, 'inferenceTypesSupported'>;

/** This file is only compiled: a member or a type that differs from the official SDK is a compiler error. */
export type Agreements = [
  Expect<Known extends Omit<Wire<SdkModel>, 'inferenceTypesSupported'> ? true : false>,
  Expect<Equal<ExtraKeys<FoundationModelSummary, Wire<SdkModel>>, never>>,
  Expect<InferenceProfileSummary extends Wire<SdkProfile> ? true : false>,
  Expect<InferenceProfileSummary extends Wire<GetInferenceProfileResponse> ? true : false>,
  Expect<Equal<ExtraKeys<InferenceProfileSummary, Wire<SdkProfile>>, never>>,
  Expect<Equal<keyof ListFoundationModelsRequestDto, keyof ListFoundationModelsRequest>>,
  // `typeEquals` is `type` in the query
  Expect<
    Equal<
      Omit<Json<ListInferenceProfilesRequestDto>, 'type'>,
      Omit<Wire<ListInferenceProfilesRequest>, 'typeEquals'>
    >
  >,
];
