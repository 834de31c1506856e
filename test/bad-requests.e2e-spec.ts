import { ANTHROPIC_MESSAGES } from './bad-requests/anthropic-messages.js';
import { CONTENT } from './bad-requests/content.js';
import { EMBEDDINGS } from './bad-requests/embeddings.js';
import { ENVELOPE } from './bad-requests/envelope.js';
import { IMAGES } from './bad-requests/images.js';
import { NATIVE_FORMATS } from './bad-requests/native-formats.js';
import { PARAMETERS } from './bad-requests/parameters.js';
import { RERANK } from './bad-requests/rerank.js';
import { SHAPE } from './bad-requests/shape.js';
import { textCompletion } from './support/answers.js';
import { asking } from './support/bad-request.js';
import { sendRaw } from './support/raw-request.js';
import { answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const ALL = [
  ...ENVELOPE,
  ...SHAPE,
  ...CONTENT,
  ...PARAMETERS,
  ...ANTHROPIC_MESSAGES,
  ...EMBEDDINGS,
  ...RERANK,
  ...IMAGES,
  ...NATIVE_FORMATS,
];
const BY_ENVIRONMENT = Map.groupBy(ALL, ({ environment }) => JSON.stringify(environment));
/** Includes hints, which are never refused. */
const GOOD = JSON.stringify({
  ...asking({ text: 'Hello.' }, { cachePoint: { type: 'default' } }),
  unknownMember: 1,
});

describe.each([...BY_ENVIRONMENT])('a bad request with %s', (_, badRequests) => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start(badRequests[0]?.environment);
    service.upstream.answerWith(answerJson(textCompletion('Hello.')));
  });

  afterAll(() => service[Symbol.asyncDispose]());

  it.each(badRequests)('is refused and does not affect other requests: $name', async (badRequest) => {
    const { message } = badRequest;
    const { status, headers, body } = await sendRaw(service.url, badRequest);
    const answer: unknown = JSON.parse(body.toString());
    expect({ status, errorType: headers['x-amzn-errortype'], answer }).toEqual({
      status: badRequest.status,
      errorType: badRequest.errorType,
      answer: { message: message instanceof RegExp ? expect.stringMatching(message) : message },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(service.upstreamRequests).toEqual([]);
    expect(await sendRaw(service.url, { path: '/model/m/converse', body: GOOD })).toMatchObject({
      status: 200,
    });
    service.upstream.requests.length = 0;
  });
});
