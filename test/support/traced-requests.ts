import { answersWith, type Door, DOORS, MODEL, PROMPT } from './doors.js';
import { answerEmbeddings, answerRanking } from './embedding-answers.js';
import { answerJson, type UpstreamScript } from './scripted-upstream.js';

export const ANSWER = 'walrus-of-the-answer';

/** A request, and what its spans say. */
export interface TracedRequest {
  readonly name: string;
  readonly path: string;
  readonly body: object;
  readonly script: UpstreamScript;
  readonly operation: string;
  /** In AWS's terms; absent at the doors of other APIs. */
  readonly service?: string;
  /** The spans of the calls: names, and attributes beside those of the target. */
  readonly calls: readonly (readonly [name: string, attributes: object])[];
  readonly isRefused?: boolean;
}

const USAGE = {
  'gen_ai.usage.input_tokens': 11,
  'gen_ai.usage.output_tokens': 7,
  'gen_ai.usage.cache_read.input_tokens': 0,
  'gen_ai.usage.cache_creation.input_tokens': 0,
};
const AWS = 'Bedrock Runtime';
const OTHER_APIS = new Set(['createMessage', 'createChatCompletion']);
const image = answerJson({ data: [{ b64_json: 'iVBORw0KGgo=' }] });
const invoke = (id: string): string => `/model/${id}/invoke`;
const embedding = (dimensions?: number) =>
  [
    'embeddings served',
    {
      ...operation('embeddings', false),
      'gen_ai.usage.input_tokens': 2,
      ...(dimensions !== undefined && { 'gen_ai.embeddings.dimension.count': dimensions }),
    },
  ] as const;

function operation(name: string, stream: boolean): object {
  return { 'gen_ai.operation.name': name, 'gen_ai.request.stream': stream };
}

function chatCase(door: Door): TracedRequest {
  const maxTokens = JSON.stringify(door.body).includes(':9') ? { 'gen_ai.request.max_tokens': 9 } : {};
  const attributes = {
    ...operation('chat', door.isStream),
    ...maxTokens,
    ...USAGE,
    'gen_ai.response.finish_reasons': ['end_turn'],
    ...(door.isStream && { 'gen_ai.response.time_to_first_chunk': expect.any(Number) as number }),
  };
  return {
    name: door.name,
    path: door.path,
    body: door.body,
    script: answersWith(ANSWER),
    operation: door.operation,
    ...(!OTHER_APIS.has(door.operation) && { service: AWS }),
    calls: [['chat served', attributes]],
  };
}

const COUNTED = answerJson({ count: 5 });
const MESSAGES = { messages: [{ role: 'user', content: PROMPT }] };
const COUNT_CALL = ['count_tokens served', operation('count_tokens', false)] as const;
const TEXT_IMAGE = { taskType: 'TEXT_IMAGE', textToImageParams: { text: PROMPT } };
const RERANK_CALL = [
  'rerank served',
  { ...operation('rerank', false), 'gen_ai.usage.input_tokens': 7 },
] as const;
const ARN = 'arn:aws:bedrock:us-east-1::foundation-model/sole';

/** One request for every door. */
export const TRACED_REQUESTS: readonly TracedRequest[] = [
  ...DOORS.map(chatCase),
  {
    name: 'several choices at the door of OpenAI',
    path: '/openai/v1/chat/completions',
    body: { model: MODEL, ...MESSAGES, n: 2, temperature: 0.5, top_p: 0.9, max_completion_tokens: 9 },
    script: answersWith(ANSWER),
    operation: 'createChatCompletion',
    calls: [
      [
        'chat served',
        {
          ...operation('chat', false),
          ...USAGE,
          'gen_ai.request.choice.count': 2,
          'gen_ai.request.max_tokens': 9,
          'gen_ai.request.temperature': 0.5,
          'gen_ai.request.top_p': 0.9,
          'gen_ai.response.finish_reasons': ['end_turn'],
        },
      ],
    ],
  },
  {
    name: 'embeddings of Titan',
    path: invoke(MODEL),
    body: { inputText: 'ab', dimensions: 256 },
    script: answerEmbeddings,
    operation: 'invokeModel',
    service: AWS,
    calls: [embedding(256)],
  },
  {
    name: 'embeddings of Cohere',
    path: invoke(MODEL),
    body: { texts: ['a', 'b'] },
    script: answerEmbeddings,
    operation: 'invokeModel',
    service: AWS,
    calls: [embedding()],
  },
  {
    name: 'embeddings of OpenAI',
    path: invoke(MODEL),
    body: { input: ['ab'], dimensions: 2 },
    script: answerEmbeddings,
    operation: 'invokeModel',
    service: AWS,
    calls: [embedding(2)],
  },
  {
    name: 'rerank of InvokeModel',
    path: invoke(MODEL),
    body: { query: 'q', documents: ['a', 'b'] },
    script: answerRanking,
    operation: 'invokeModel',
    service: AWS,
    calls: [RERANK_CALL],
  },
  {
    name: 'rerank of the agent runtime',
    path: '/rerank',
    body: {
      queries: [{ type: 'TEXT', textQuery: { text: 'q' } }],
      sources: [{ type: 'INLINE', inlineDocumentSource: { type: 'TEXT', textDocument: { text: 'a' } } }],
      rerankingConfiguration: {
        type: 'BEDROCK_RERANKING_MODEL',
        bedrockRerankingConfiguration: { modelConfiguration: { modelArn: ARN } },
      },
    },
    script: answerRanking,
    operation: 'rerank',
    service: 'Bedrock Agent Runtime',
    calls: [RERANK_CALL],
  },
  {
    name: 'images',
    path: invoke(MODEL),
    body: { ...TEXT_IMAGE, imageGenerationConfig: { numberOfImages: 1 } },
    script: image,
    operation: 'invokeModel',
    service: AWS,
    calls: [
      [
        'generate_content served',
        {
          ...operation('generate_content', false),
          'gen_ai.request.choice.count': 1,
          'gen_ai.output.type': 'image',
        },
      ],
    ],
  },
  {
    name: 'CountTokens',
    path: `/model/${MODEL}/count-tokens`,
    body: { input: { converse: { messages: [{ role: 'user', content: [{ text: PROMPT }] }] } } },
    script: COUNTED,
    operation: 'countTokens',
    service: AWS,
    calls: [COUNT_CALL],
  },
  {
    name: 'count_tokens of Anthropic',
    path: '/anthropic/v1/messages/count_tokens',
    body: { model: MODEL, ...MESSAGES },
    script: COUNTED,
    operation: 'countMessageTokens',
    calls: [COUNT_CALL],
  },
  {
    name: 'ApplyGuardrail',
    path: '/guardrail/filter1/version/DRAFT/apply',
    body: { source: 'INPUT', content: [{ text: { text: PROMPT } }] },
    script: answersWith(ANSWER),
    operation: 'applyGuardrail',
    service: AWS,
    calls: [['moderation omni', { 'gen_ai.operation.name': 'moderation' }]],
  },
  {
    name: 'a body that is refused',
    path: invoke(MODEL),
    body: { anthropic_version: 'x', ...MESSAGES },
    script: answersWith(ANSWER),
    operation: 'invokeModel',
    service: AWS,
    calls: [],
    isRefused: true,
  },
];
