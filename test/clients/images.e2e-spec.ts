import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { generateImage } from 'ai';
import { errorBody } from '../support/answers.js';
import { answerJson, type UpstreamScript } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { aiSdkBedrock } from './ai-sdk-bedrock.js';
import { answerJsonOf, bedrockClient, CLEARTEXT } from './bedrock-client.js';

const CANVAS = 'amazon.nova-canvas-v1:0';
/** The beginning of a PNG. */
const PNG = 'iVBORw0KGgo=';

/** As many images as were asked for. */
const answerImages: UpstreamScript = (request, response) => {
  const { n = 1 } = request.body as { n?: number }; // what the proxy sends
  const data = Array.from({ length: n }, () => ({ b64_json: PNG }));
  return answerJson({ created: 1, data })(request, response);
};

const textToImageParams = { text: 'A cat', negativeText: 'A dog' };
const SENT = { model: 'a-model', prompt: 'A cat', response_format: 'b64_json' };

/** Model, native body, what the server gets, the answer, and what is reported. */
type Row = readonly [modelId: string, body: object, sent: object, answer: object, ignored: string];

const BODIES: readonly Row[] = [
  [
    'amazon.titan-image-generator-v2:0',
    {
      taskType: 'TEXT_IMAGE',
      textToImageParams,
      imageGenerationConfig: { numberOfImages: 2, width: 1024, height: 512, cfgScale: 8, seed: 0 },
    },
    { prompt: 'A cat', n: 2, size: '1024x512', response_format: 'b64_json' },
    { images: [PNG, PNG], error: null },
    'textToImageParams.negativeText,imageGenerationConfig.cfgScale,imageGenerationConfig.seed',
  ],
  [
    CANVAS,
    {
      taskType: 'TEXT_IMAGE',
      textToImageParams: { ...textToImageParams, style: 'PHOTOREALISM' },
      imageGenerationConfig: { quality: 'premium' },
    },
    { prompt: 'A cat', quality: 'hd', response_format: 'b64_json' },
    { images: [PNG], error: null },
    'textToImageParams.negativeText,textToImageParams.style',
  ],
  [
    'stability.sd3-5-large-v1:0',
    { prompt: 'A cat', aspect_ratio: '16:9', output_format: 'png', seed: 7 },
    { prompt: 'A cat', size: '1536x1024', response_format: 'b64_json' },
    { seeds: [expect.any(Number)], finish_reasons: [null], images: [PNG] },
    expect.stringContaining('seed') as string,
  ],
];

let service: Service;

beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.reset();
  service.upstream.answerWith(answerImages);
});

describe.each(CLEARTEXT)('The AWS SDK over $transport', (transport) => {
  it.each(BODIES)(
    'generates images with the body of %s',
    async (...[modelId, body, sent, answer, ignored]) => {
      const client = bedrockClient(service.url, transport);
      const reported: unknown[] = [];
      client.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          const { headers } = result.response as { headers: Record<string, string> };
          reported.push(headers['x-proxy-ignored-parameters']);
          return result;
        },
        { step: 'deserialize', priority: 'low' },
      );
      const output = await client.send(new InvokeModelCommand({ modelId, body: JSON.stringify(body) }));
      expect(answerJsonOf(output)).toEqual(answer);
      expect(output.contentType).toBe('application/json');
      expect(service.upstream.lastRequest).toMatchObject({ path: '/v1/images/generations' });
      expect(service.upstreamRequests).toEqual([{ model: modelId, ...sent }]);
      expect(reported).toEqual([ignored]);
      client.destroy();
    },
  );

  it.each([
    [CANVAS, { taskType: 'INPAINTING', inPaintingParams: { image: PNG } }, 'taskType'],
    [CANVAS, { taskType: 'TEXT_IMAGE' }, 'textToImageParams'],
    ['stability.sd3-5-large-v1:0', { prompt: '', output_format: 'png' }, 'prompt'],
    [
      'stability.sd3-5-large-v1:0',
      { prompt: 'A cat', mode: 'image-to-image', image: PNG, output_format: 'png' },
      'mode',
    ],
  ])('gets ValidationException from %s', async (modelId, body, path) => {
    const client = bedrockClient(service.url, transport);
    const command = new InvokeModelCommand({ modelId, body: JSON.stringify(body) });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(path),
    });
    expect(service.upstreamRequests).toEqual([]);
    client.destroy();
  });
});

describe('The AI SDK', () => {
  const model = (modelId: string) => aiSdkBedrock(service.url).image(modelId);
  const generate = (options: Partial<Parameters<typeof generateImage>[0]> = {}) =>
    generateImage({ model: model(CANVAS), prompt: 'A cat', maxRetries: 0, ...options });

  it('generates images', async () => {
    const { images, warnings } = await generate({
      n: 2,
      size: '512x512',
      seed: 5,
      providerOptions: { bedrock: { quality: 'premium', negativeText: 'A dog' } },
    });
    expect(images.map(({ base64, mediaType }) => [base64, mediaType])).toEqual([
      [PNG, 'image/png'],
      [PNG, 'image/png'],
    ]);
    expect(warnings).toEqual([]);
    expect(service.upstream.lastRequest?.body).toEqual({
      ...SENT,
      model: CANVAS,
      n: 2,
      size: '512x512',
      quality: 'hd',
    });
  });

  it('asks several times for more images than a call may give', async () => {
    const { images } = await generate({ n: 7 });
    expect(images).toHaveLength(7);
    const counts = service.upstreamRequests.map((body) => (body as { n: number }).n); // what the proxy sends
    expect(new Set(counts)).toEqual(new Set([2, 5]));
  });

  it('is told that images are not edited here', async () => {
    await expect(
      generate({ prompt: { text: 'A cat', images: [Buffer.from(PNG, 'base64')] } }),
    ).rejects.toThrow('The value at taskType is not supported');
    expect(service.upstreamRequests).toEqual([]);
  });

  it.each([
    ['that fails', answerJson(errorBody('sorry'), 500), 500],
    ['that gives no image', answerJson({ data: [] }), 424],
    ['that gives an address', answerJson({ data: [{ url: 'https://a.example/x.png' }] }), 424],
  ])('gets the error of a server %s', async (_, script, statusCode) => {
    service.upstream.answerWith(script);
    await expect(generate()).rejects.toMatchObject({ statusCode });
  });
});
