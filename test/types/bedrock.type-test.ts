import type { ApplyGuardrailResponse } from '../../src/bedrock/guardrails/apply-guardrail.js';
import type { ApplyGuardrailRequestDto } from '../../src/bedrock/guardrails/apply-guardrail-request.dto.js';
import type {
  ApplyGuardrailCommandInput,
  ApplyGuardrailCommandOutput,
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamCommandInput,
  ConverseStreamOutput,
  CountTokensCommandInput,
  CountTokensCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { RerankCommandInput, RerankCommandOutput } from '@aws-sdk/client-bedrock-agent-runtime';
import type { ConverseRequestDto } from '../../src/bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../src/bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../../src/bedrock/converse/converse-stream-event.js';
import type { CountTokensRequestDto } from '../../src/bedrock/count-tokens/count-tokens-request.dto.js';
import type { CountTokensResponse } from '../../src/bedrock/count-tokens/count-tokens-response.js';
import type { RerankApiRequestDto } from '../../src/bedrock/rerank/rerank-api-request.dto.js';
import type { RerankApiResponse } from '../../src/bedrock/rerank/rerank-api-response.js';
import type { Equal, Expect, ExtraKeys, Json, Wire } from './wire.js';

type Request = Wire<Omit<ConverseCommandInput, 'modelId'>>;
type StreamRequest = Wire<Omit<ConverseStreamCommandInput, 'modelId'>>;
type Dto = Json<ConverseRequestDto>;
type Response = Wire<Omit<ConverseCommandOutput, '$metadata'>>;
type StreamEvent = Wire<ConverseStreamOutput>;

/**
 * This file is only compiled: a member, a type or an optionality that differs from the official SDK is a
 * compiler error.
 */
export type Agreements = [
  Expect<Equal<Dto, StreamRequest>>,
  Expect<Equal<Omit<Dto, 'guardrailConfig'>, Omit<Request, 'guardrailConfig'>>>,
  // Converse has all members of the stream's guardrail configuration except the processing mode
  Expect<
    Equal<
      Omit<NonNullable<Dto['guardrailConfig']>, 'streamProcessingMode'>,
      Required<Request>['guardrailConfig']
    >
  >,

  Expect<ConverseResponse extends Response ? true : false>,
  Expect<Equal<ExtraKeys<ConverseResponse, Response>, never>>,
  Expect<ConverseStreamEvent extends StreamEvent ? true : false>,
  Expect<Equal<ExtraKeys<ConverseStreamEvent, StreamEvent>, never>>,

  Expect<Wire<RerankCommandInput> extends Json<RerankApiRequestDto> ? true : false>,
  Expect<Equal<ExtraKeys<Json<RerankApiRequestDto>, Wire<RerankCommandInput>>, never>>,
  Expect<RerankApiResponse extends Wire<Omit<RerankCommandOutput, '$metadata'>> ? true : false>,

  Expect<Equal<Json<CountTokensRequestDto>, Wire<Omit<CountTokensCommandInput, 'modelId'>>>>,
  Expect<
    Equal<
      Json<ApplyGuardrailRequestDto>,
      Wire<Omit<ApplyGuardrailCommandInput, 'guardrailIdentifier' | 'guardrailVersion'>>
    >
  >,
  Expect<ApplyGuardrailResponse extends Wire<Omit<ApplyGuardrailCommandOutput, '$metadata'>> ? true : false>,
  Expect<Equal<CountTokensResponse, Wire<Required<Omit<CountTokensCommandOutput, '$metadata'>>>>>,
];
