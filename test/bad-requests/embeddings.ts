import { badRequest, type BadRequest, speaksOf } from '../support/bad-request.js';

const path = (model: string): Partial<BadRequest> => ({ path: `/model/${model}/invoke` });
const TITAN = path('amazon.titan-embed-text-v2:0');
const TITAN_IMAGE = path('amazon.titan-embed-image-v1');
const COHERE = path('cohere.embed-v4:0');
const NOVA = path('amazon.nova-2-multimodal-embeddings-v1:0');
const MARENGO = path('twelvelabs.marengo-embed-3-0-v1:0');
const OPENAI = path('text-embedding-3-small');
const REJECT = { environment: { UNSUPPORTED_PARAMETERS: 'reject' } } as const;

const PNG = 'iVBORw0KGgo=';
const DATA_URI = `data:image/png;base64,${PNG}`;

const texts = (members: object) => ({ texts: ['Hello'], ...members });
const parts = (...content: object[]) => ({ inputs: [{ content }] });
const nova = (params?: object, members: object = {}) => ({
  taskType: 'SINGLE_EMBEDDING',
  ...(params && { singleEmbeddingParams: { embeddingPurpose: 'GENERIC_INDEX', ...params } }),
  ...members,
});
const novaText = { text: { truncationMode: 'END', value: 'Hello' } };

/** Each message names the member in the native body. */
export const EMBEDDINGS: readonly BadRequest[] = [
  ...[
    ['inputText', { inputText: '' }],
    ['inputText', { inputText: 5 }],
    ['inputText', { inputText: null, normalize: true }],
    ['dimensions', { inputText: 'Hello', dimensions: 0 }],
    ['dimensions', { inputText: 'Hello', dimensions: 1.5 }],
    ['normalize', { inputText: 'Hello', normalize: 'yes' }],
    ['embeddingTypes.0', { inputText: 'Hello', embeddingTypes: ['int8'] }],
    ['embeddingTypes', { inputText: 'Hello', embeddingTypes: [] }],
  ].map(([at, body]) => refused('Titan', TITAN, at, body)),
  ...[
    ['inputImage', { inputImage: 'no base64!' }],
    ['inputImage', { inputImage: PNG }],
    ['inputText', { embeddingConfig: {} }],
    [
      'embeddingConfig.outputEmbeddingLength',
      { inputText: 'Hello', embeddingConfig: { outputEmbeddingLength: '256' } },
    ],
  ].map(([at, body]) => refused('Titan multimodal', TITAN_IMAGE, at, body)),
  ...[
    ['texts', { texts: [] }],
    ['texts', { texts: 'Hello' }],
    ['texts.0', { texts: [1] }],
    ['texts', { texts: Array.from({ length: 97 }, () => 'Hello') }],
    ['texts', { inputs: null, input_type: 'search_query' }],
    ['images', texts({ images: [DATA_URI] })],
    ['inputs', texts(parts({ type: 'text', text: 'Hello' }))],
    ['input_type', texts({ input_type: 'query' })],
    ['truncate', texts({ truncate: 'MIDDLE' })],
    ['output_dimension', texts({ output_dimension: -1 })],
    ['max_tokens', texts({ max_tokens: 0 })],
    ['embedding_types.0', texts({ embedding_types: ['float16'] })],
    ['embedding_types', texts({ embedding_types: ['int8'] })],
    ['images.0', { images: ['https://a.example/cat.png'], input_type: 'image' }],
    ['images.0', { images: ['data:image/png;base64,no!'], input_type: 'image' }],
    ['images.1', { images: [DATA_URI, ''], input_type: 'image' }],
    ['images.0', { images: [DATA_URI], input_type: 'image' }],
    ['inputs.0.content', { inputs: [{}] }],
    ['inputs.0.content.0.type', parts({ type: 'audio' })],
    ['inputs.0.content.0.text', parts({ type: 'text' })],
    [
      'inputs.0.content.1.image_url',
      parts({ type: 'text', text: 'Hello' }, { type: 'image_url', image_url: 5 }),
    ],
    [
      'inputs.0.content.1',
      parts({ type: 'image_url', image_url: DATA_URI }, { type: 'image_url', image_url: { url: DATA_URI } }),
    ],
  ].map(([at, body]) => refused('Cohere', COHERE, at, body)),
  ...[
    ['taskType', nova(novaText, { taskType: 'SEGMENTED_EMBEDDING' })],
    ['singleEmbeddingParams', nova()],
    ['singleEmbeddingParams', nova({})],
    ['singleEmbeddingParams.image', nova({ ...novaText, image: { format: 'png', source: { bytes: PNG } } })],
    ['singleEmbeddingParams.audio', nova({ audio: {} })],
    ['singleEmbeddingParams.video', nova({ video: {} })],
    ['singleEmbeddingParams.embeddingPurpose', nova({ ...novaText, embeddingPurpose: 'ANY' })],
    [
      'singleEmbeddingParams.text.truncationMode',
      nova({ text: { value: 'Hello', truncationMode: 'MIDDLE' } }),
    ],
    ['singleEmbeddingParams.text.value', nova({ text: { truncationMode: 'END' } })],
    [
      'singleEmbeddingParams.text.source.s3Location',
      nova({ text: { truncationMode: 'END', source: { s3Location: { uri: 's3://bucket/key' } } } }),
    ],
    ['singleEmbeddingParams.image.format', nova({ image: { format: 'tiff', source: { bytes: PNG } } })],
    ['singleEmbeddingParams.image.source.bytes', nova({ image: { format: 'png', source: {} } })],
    [
      'singleEmbeddingParams.text.source.s3Location.uri',
      nova({ text: { truncationMode: 'END', source: { s3Location: { uri: 's3://a/b' } } } }),
    ],
    [
      'singleEmbeddingParams.image.source.s3Location',
      nova({ image: { format: 'png', source: { s3Location: { uri: 's3://bucket/key' } } } }),
    ],
    ['schemaVersion', nova(novaText, { schemaVersion: '2' })],
  ].map(([at, body]) => refused('Nova', NOVA, at, body)),
  ...[
    ['inputType', { inputType: 'audio' }],
    ['inputType', { inputType: 'smell' }],
    ['text.inputText', { inputType: 'text' }],
    ['text.inputText', { inputType: 'text', text: { inputText: '' } }],
  ].map(([at, body]) => refused('Marengo', MARENGO, at, body)),
  ...[
    ['input', { input: [] }],
    ['input', { input: '' }],
    ['input.1', { input: ['Hello', ''] }],
    ['input.1', { input: ['Hello', { text: 'Hello' }] }],
    ['input.0', { input: [[]] }],
    ['api_base', { input: 'Hello', api_base: 'http://a.example' }],
  ].map(([at, body]) => refused('OpenAI', OPENAI, at, body)),
  ...[
    ['truncate', texts({ truncate: 'END' })],
    ['max_tokens', texts({ max_tokens: 512 })],
  ].map(([at, body]) =>
    refused('Cohere, when parameters must have an equivalent,', { ...COHERE, ...REJECT }, at, body),
  ),
  badRequest('a stream of embeddings', { inputText: 'Hello' }, /^The model is unsupported for streaming\b/, {
    path: '/model/amazon.titan-embed-text-v2:0/invoke-with-response-stream',
  }),
];

function refused(format: string, more: Partial<BadRequest>, at: unknown, body: unknown): BadRequest {
  return badRequest(`${format} with ${JSON.stringify(body).slice(0, 80)}`, body, speaksOf(String(at)), more);
}
