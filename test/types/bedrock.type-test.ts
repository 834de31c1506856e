import type {
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamCommandInput,
  ConverseStreamOutput,
  CountTokensCommandInput,
  CountTokensCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequestDto } from '../../src/bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../src/bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../../src/bedrock/converse/converse-stream-event.js';
import type { CountTokensRequestDto } from '../../src/bedrock/count-tokens/count-tokens-request.dto.js';
import type { CountTokensResponse } from '../../src/bedrock/count-tokens/count-tokens-response.js';
import type { Equal, Expect, ExtraKeys, Json, Wire } from './wire.js';

type Request = Wire<Omit<ConverseCommandInput, 'modelId'>>;
type StreamRequest = Wire<Omit<ConverseStreamCommandInput, 'modelId'>>;
type Dto = Json<ConverseRequestDto>;
type Response = Wire<Omit<ConverseCommandOutput, '$metadata'>>;
type StreamEvent = Wire<ConverseStreamOutput>;

/** Compiled only: a member, a type or an optionality that the official SDK sees in another way breaks the build. */
export type Agreements = [
  Expect<Equal<Dto, StreamRequest>>,
  Expect<Equal<Omit<Dto, 'guardrailConfig'>, Omit<Request, 'guardrailConfig'>>>,
  // Converse has all of the stream's guardrail configuration but the mode of processing
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

  Expect<Equal<Json<CountTokensRequestDto>, Wire<Omit<CountTokensCommandInput, 'modelId'>>>>,
  Expect<Equal<CountTokensResponse, Wire<Required<Omit<CountTokensCommandOutput, '$metadata'>>>>>,
];
