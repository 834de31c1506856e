import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { Configuration } from '../../config/configuration.js';
import type { S3Settings } from '../../config/s3.js';
import { Settings } from '../../config/settings.js';
import type { ObjectStore } from '../../object-store/object-store.js';
import type { RequestMapper } from '../../translation/request/request.mapper.js';
import { type ConverseCall, ConversePipeline } from '../converse/converse.pipeline.js';
import {
  type ConverseStreamCall,
  ConverseStreamPipeline,
} from '../converse-stream/converse-stream.pipeline.js';
import { CountTokensService } from '../count-tokens/count-tokens.service.js';
import type { TokenCounting } from '../count-tokens/token-counting.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import type { ConverseGuards } from '../guardrails/converse-guards.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { RequestObjects } from './request-objects.js';

const S3: S3Settings = {
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  buckets: ['bucket'],
  timeoutMs: 1,
  maxObjects: 1,
};
const TEXT: ConverseRequestDto = { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] };
const IN_S3: ConverseRequestDto = {
  messages: [
    {
      role: 'user',
      content: [{ image: { format: 'png', source: { s3Location: { uri: 's3://bucket/key' } } } }],
    },
  ],
};

/** Neither is touched by a request without objects to read. */
const CONTEXT = Object.freeze({}) as OperationContext;
const GUARDS = Object.freeze({}) as ConverseGuards;

const unreadable = {
  readAll: () => {
    throw new Error('nothing is to be read');
  },
} as unknown as ObjectStore;

function objectsWith(s3: S3Settings | undefined): RequestObjects {
  const current = { clients: [], ...(s3 && { s3 }) } as unknown as Configuration;
  return new RequestObjects({ current }, unreadable, new Settings(), {} as RequestMapper);
}

describe.each<[what: string, request: ConverseRequestDto, s3: S3Settings | undefined]>([
  ['no location, and no setting', TEXT, undefined],
  ['no location', TEXT, S3],
  ['no setting', IN_S3, undefined],
  ['no messages', {}, S3],
])('A request with %s goes on as it is, in the very promise of the call', (_, request, s3) => {
  const objects = objectsWith(s3);
  const given: ConverseRequestDto[] = [];

  it('Converse', () => {
    const answer = Promise.resolve({} as OperationResult<ConverseResponse>);
    const call: ConverseCall = (asked) => (given.push(asked), answer);
    const pipeline = new ConversePipeline(GUARDS, objects, new Settings());
    expect(pipeline.run(request, CONTEXT, call)).toBe(answer);
    expect(given.at(-1)).toBe(request);
  });

  it('ConverseStream', () => {
    const result = {} as StreamResult<ConverseStreamEvent>;
    const call: ConverseStreamCall = (asked) => (given.push(asked), result);
    const pipeline = new ConverseStreamPipeline(GUARDS, objects, new Settings());
    expect(pipeline.run(request, CONTEXT, call)).toBe(result);
    expect(given.at(-1)).toBe(request);
  });

  it('CountTokens', () => {
    const count = Promise.resolve();
    const counting = { count: () => count } as unknown as TokenCounting;
    const service = new CountTokensService({} as RequestMapper, counting, objects);
    expect(service.count(request, CONTEXT)).toBe(count);
  });
});
