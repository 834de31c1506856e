import { answerEmbeddings } from './support/embedding-answers.js';
import { bearer, RoutedService } from './support/routed-service.js';
import { OBJECTS, S3Service } from './support/s3-service.js';
import { answerJson } from './support/scripted-upstream.js';

const PARAMS = 'singleEmbeddingParams';
const at = (path: string) => ({ s3Location: { uri: `s3://${path}` } });
const asking = (input: object) => ({ taskType: 'SINGLE_EMBEDDING', singleEmbeddingParams: input });
const text = (path: string) => asking({ text: { source: at(path) } });
const image = (path: string) => asking({ image: { format: 'png', source: at(path) } });

const CAT = `data:image/png;base64,${OBJECTS['media/uploads/cat.png'].toString('base64')}`;

const FILE = {
  models: [
    { match: 'seeing', route: [{ upstream: 'vllm' }], embeddings: { images: 'messages' } },
    { match: 'reading', route: [{ upstream: 'vllm' }], embeddings: {} },
  ],
};

describe('Embeddings of Nova with content in S3', () => {
  let service: S3Service;

  beforeAll(async () => {
    service = await S3Service.start(FILE);
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  const invoke = (modelId: string, body: object) =>
    fetch(`${service.proxy.proxy.url}/model/${modelId}/invoke`, {
      method: 'POST',
      ...bearer('team-a'),
      body: JSON.stringify(body),
    });
  const sent = (): unknown => service.proxy.upstream('vllm').lastRequest?.body;

  it('embed a text', async () => {
    service.proxy.answerWith({ vllm: answerEmbeddings });
    const response = await invoke('reading', text('documents/Übersicht 50% + 1.txt'));
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { embeddings: [{ embeddingType: 'TEXT', embedding: ['Größe: 3'.length, 1] }] },
    ]);
    expect(sent()).toMatchObject({ input: ['Größe: 3'] });
  });

  it('embed an image', async () => {
    const data = [{ object: 'embedding', index: 0, embedding: [1, 2] }];
    service.proxy.answerWith({ vllm: answerJson({ object: 'list', data }) });
    expect((await invoke('seeing', image('media/uploads/cat.png'))).status).toBe(200);
    expect(sent()).toMatchObject({
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: CAT } }] }],
    });
  });

  it.each<[what: string, modelId: string, body: object, message: string]>([
    [
      'a location that the client may not read',
      'reading',
      text('secrets/key.png'),
      `${PARAMS}.text.source.s3Location is not supported: this client may not read the location.`,
    ],
    [
      'no location',
      'reading',
      asking({ text: { source: { s3Location: { uri: 'https://example.com/a' } } } }),
      `${PARAMS}.text.source.s3Location.uri`,
    ],
    [
      'text as bytes',
      'reading',
      asking({ text: { source: { bytes: 'YQ==' } } }),
      `${PARAMS}.text.source.bytes is not supported: send the text itself, in value.`,
    ],
    [
      'a location beside the text',
      'reading',
      asking({ text: { value: 'a', source: at('documents/a') } }),
      `${PARAMS}.text.source is invalid: it cannot stand beside value.`,
    ],
    [
      'a location beside the image',
      'seeing',
      asking({ image: { format: 'png', source: { bytes: 'YQ==', ...at('documents/a') } } }),
      `${PARAMS}.image.source.s3Location is invalid: it cannot stand beside bytes.`,
    ],
    [
      'an image for a model that embeds none',
      'reading',
      image('media/uploads/cat.png'),
      `${PARAMS}.image.source is not supported: the upstream embeds no images`,
    ],
  ])('refuse %s, before anything is read', async (_, modelId, body, message) => {
    const response = await invoke(modelId, body);
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: expect.stringContaining(message) as string },
    ]);
    expect([service.store.requests, sent()]).toEqual([[], undefined]);
  });

  it.each([
    ['a text that is none', text('media/uploads/cat.png'), 'the document is not UTF-8 text.'],
    ['a missing object', text('documents/none'), 'the object cannot be read.'],
  ])('refuse %s', async (_, body, reason) => {
    const response = await invoke('reading', body);
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: `The value at ${PARAMS}.text.source.s3Location is invalid: ${reason}` },
    ]);
    expect(sent()).toBeUndefined();
  });

  it('refuse every location without the setting', async () => {
    await using plain = await RoutedService.start({ upstreams: { vllm: {} }, ...FILE });
    const response = await fetch(`${plain.proxy.url}/model/reading/invoke`, {
      method: 'POST',
      body: JSON.stringify(text('documents/a')),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        message: `The value at ${PARAMS}.text.source.s3Location is not supported: S3 locations are read only with \`s3\` in the configuration file. Send the content as bytes.`,
      },
    ]);
  });
});
