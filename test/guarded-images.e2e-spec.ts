import { FILTERING, GUARDRAIL, GUARDRAIL_HEADERS, moderation } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { answerJson } from './support/scripted-upstream.js';

const FILTER_HEADERS = { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-guardrailidentifier': FILTERING.id };
const ACTION = 'amazon-bedrock-guardrailAction';
const TAG = 'amazon-bedrock-guardrails-guardContent_x1';
const CANVAS = 'amazon.nova-canvas-v1:0';
const STABLE = 'stability.sd3-5-large-v1:0';
const PNG = 'iVBORw0KGgo=';

const suite = guardedSuite();

beforeEach(() => suite.service.answerWith({ model: answerJson({ created: 1, data: [{ b64_json: PNG }] }) }));

const canvas = (text: string) => ({ taskType: 'TEXT_IMAGE', textToImageParams: { text } });
const stable = (prompt: string) => ({ prompt, output_format: 'webp' });

async function invoke(
  modelId: string,
  body: object,
  headers: Readonly<Record<string, string>> = GUARDRAIL_HEADERS,
) {
  const response = await suite.service.post(modelId, 'invoke', { headers, body: JSON.stringify(body) });
  const ignored = response.headers.get('x-proxy-ignored-parameters');
  return { status: response.status, ignored, body: (await response.json()) as object };
}

const sentPrompt = (): unknown =>
  Reflect.get(Object(suite.service.upstream('model').lastRequest?.body), 'prompt');

describe('The prompt of an image', () => {
  it.each([
    [CANVAS, canvas('a forbidden cat'), { images: [], error: GUARDRAIL.blockedInputMessaging }],
    [STABLE, stable('a forbidden cat'), { images: [], seeds: [], finish_reasons: ['Filter reason: prompt'] }],
  ])('is not sent to %s when it is blocked', async (modelId, body, answer) => {
    expect(await invoke(modelId, body)).toEqual({
      status: 200,
      ignored: null,
      body: { ...answer, [ACTION]: 'INTERVENED' },
    });
    expect(suite.service.asked['model']).toBe(0);
  });

  it.each([
    [CANVAS, canvas('a cat'), 'a cat', { images: [PNG], error: null, [ACTION]: 'NONE' }],
    [
      CANVAS,
      canvas('mail to ana@example.com'),
      'mail to {EMAIL}',
      { images: [PNG], error: null, [ACTION]: 'INTERVENED' },
    ],
    [
      CANVAS,
      {
        ...canvas(`T-1111 <${TAG}>T-2222</${TAG}>`),
        'amazon-bedrock-guardrailConfig': { tagSuffix: 'x1' },
      },
      'T-1111 {ticket}',
      { images: [PNG], error: null, [ACTION]: 'INTERVENED' },
    ],
    [
      STABLE,
      stable('T-1234'),
      '{ticket}',
      { images: [PNG], seeds: [0], finish_reasons: [null], [ACTION]: 'INTERVENED' },
    ],
  ])('is masked for %s: %j', async (modelId, body, prompt, answer) => {
    expect((await invoke(modelId, body)).body).toEqual(answer);
    expect(sentPrompt()).toBe(prompt);
  });

  it('has a trace', async () => {
    const headers = { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-trace': 'ENABLED' };
    expect((await invoke(CANVAS, canvas('T-1234'), headers)).body).toMatchObject({
      'amazon-bedrock-trace': {
        guardrail: {
          input: { abc123: { sensitiveInformationPolicy: { regexes: [{ match: 'T-1234' }] } } },
          outputs: [],
        },
      },
    });
  });

  it('is refused with an unknown guardrail, by the name of its header', async () => {
    const headers = { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-guardrailversion': '9' };
    expect(await invoke(CANVAS, canvas('a cat'), headers)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('does not exist') as string },
    });
    expect(suite.service.asked['model']).toBe(0);
  });
});

describe('An image', () => {
  it.each([
    [CANVAS, canvas('a cat'), 'png', { images: [], error: FILTERING.blockedOutputsMessaging }],
    [
      STABLE,
      stable('a cat'),
      'webp',
      { images: [], seeds: [], finish_reasons: ['Filter reason: output image'] },
    ],
  ])('of %s is not shown when the content filters block it', async (modelId, body, type, answer) => {
    const scores: Record<string, number>[] = [{}, { hate: 0.99 }];
    suite.service.answerWith({
      moderation: (request, response) => answerJson(moderation(scores.shift() ?? {}))(request, response),
    });
    expect((await invoke(modelId, body, FILTER_HEADERS)).body).toEqual({ ...answer, [ACTION]: 'INTERVENED' });
    expect(suite.service.upstream('moderation').lastRequest?.body).toEqual({
      model: 'omni',
      input: [{ type: 'image_url', image_url: { url: `data:image/${type};base64,${PNG}` } }],
    });
  });

  it('is shown when they let it through', async () => {
    suite.service.answerWith({ moderation: answerJson(moderation({ hate: 0.01 })) });
    expect((await invoke(CANVAS, canvas('a cat'), FILTER_HEADERS)).body).toEqual({
      images: [PNG],
      error: null,
      [ACTION]: 'NONE',
    });
  });
});
