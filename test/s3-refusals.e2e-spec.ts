import { LogLines } from './support/log-lines.js';
import { textCompletion } from './support/answers.js';
import { bearer, RoutedService } from './support/routed-service.js';
import { S3Service, type ClientName } from './support/s3-service.js';
import { answerJson, startScriptedUpstream } from './support/scripted-upstream.js';

const PATH = 'messages.0.content.0.image.source.s3Location';
const NOT_ALLOWED = `The value at ${PATH} is not supported: this client may not read the location.`;
const UNREADABLE = `The value at ${PATH} is invalid: the object cannot be read.`;
const UNEXPECTED =
  'The system encountered an unexpected error during processing. Try your request again. The object store failed.';

const image = (uri: string, bucketOwner?: string) => ({
  image: { format: 'png', source: { s3Location: { uri, ...(bucketOwner && { bucketOwner }) } } },
});
const asking = (...content: object[]) => ({ messages: [{ role: 'user', content }] });

let service: S3Service;

beforeAll(async () => {
  service = await S3Service.start();
  service.proxy.answerWith({ vllm: answerJson(textCompletion('Hi')) });
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => service.reset());

async function refused(request: object, client: ClientName = 'team-a', running = service): Promise<object> {
  const { status, headers, body } = await running.proxy.converse('m', request, bearer(client));
  expect(running.proxy.asked).toEqual({ vllm: 0, generic: 0 });
  return { status, type: headers.get('x-amzn-errortype'), ...body };
}

const invalid = (message: string) => ({ status: 400, type: 'ValidationException', message });

describe('A location that a client may not read', () => {
  it.each<[what: string, client: ClientName, uri: string]>([
    ['an object of a bucket that nobody may read', 'team-a', 's3://secrets/key.png'],
    ['a missing object of such a bucket', 'team-a', 's3://secrets/none.png'],
    ['a bucket that does not exist', 'team-a', 's3://nowhere/key.png'],
    ['an object outside of the prefix', 'team-a', 's3://media/private.png'],
    ['a missing object outside of the prefix', 'team-a', 's3://media/none.png'],
    ['a key that begins as the prefix does', 'team-a', 's3://media/uploads.png'],
    ['a bucket that begins as one of the client does', 'team-a', 's3://documents-2/key'],
    ['an object of another client', 'team-b', 's3://media/uploads/cat.png'],
    ['a missing object of another client', 'team-b', 's3://media/uploads/none.png'],
    ['an object of a client without permission', 'team-c', 's3://media/uploads/cat.png'],
    ['a missing object of a client without permission', 'team-c', 's3://media/uploads/none.png'],
    ['no key', 'team-a', 's3://documents'],
    ['an empty key', 'team-a', 's3://documents/'],
    ['the prefix itself', 'team-a', 's3://media/uploads/'],
    ['a way out of the prefix', 'team-a', 's3://media/uploads/../private.png'],
    ['a way out of the bucket', 'team-a', 's3://documents/../secrets/key.png'],
    ['a way out at the end', 'team-a', 's3://documents/a/..'],
    ['a segment that is no step', 'team-a', 's3://documents/./letter.pdf'],
    ['a way out with backslashes', 'team-a', 's3://documents/..\\secrets\\key.png'],
    ['half a character', 'team-a', 's3://documents/\ud800'],
  ])('is refused in the same words, without a call: %s', async (_, client, uri) => {
    expect(await refused(asking(image(uri)), client)).toEqual(invalid(NOT_ALLOWED));
    expect(service.store.requests).toEqual([]);
  });

  it('is refused before any other is read', async () => {
    const request = asking(image('s3://media/uploads/cat.png'), image('s3://secrets/key.png'));
    expect(await refused(request)).toEqual(invalid(NOT_ALLOWED.replace('content.0', 'content.1')));
    expect(service.store.requests).toEqual([]);
  });

  it.each(['..%2fprivate.png', '%2e%2e/private.png', '..%5cprivate.png'])(
    'is not reached by a key that is encoded: %s',
    async (key) => {
      expect(await refused(asking(image(`s3://media/uploads/${key}`)))).toEqual(invalid(UNREADABLE));
      expect(service.store.requests.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
        `/media/uploads/${key.replaceAll('%', '%25')}`,
      ]);
    },
  );

  it.each([
    ['no S3 URI', 'https://example.com/a.png'],
    ['an ARN', 's3://arn:aws:s3:us-east-1:123456789012:accesspoint/a/b'],
    ['a host', 's3://user@host/key'],
    ['a port', 's3://host:80/key'],
  ])('is refused as by Bedrock when it is no location: %s', async (_, uri) => {
    expect(await refused(asking(image(uri)))).toMatchObject({
      status: 400,
      message: expect.stringContaining(`${PATH}.uri`) as string,
    });
    expect(service.store.requests).toEqual([]);
  });
});

describe('Content that no target of the model takes', () => {
  const video = { video: { format: 'mp4', source: image('s3://media/uploads/clip.mp4').image.source } };
  const word = { document: { name: 'd', format: 'docx', source: image('s3://documents/a').image.source } };
  const NO_VIDEOS = 'is not supported: the upstream takes no videos.';

  it.each([
    ['alone', asking(video), 'messages.0.content.0.video'],
    ['behind a document that would be read', asking(word, video), 'messages.0.content.1.video'],
  ])('is refused by its block, before anything is read: %s', async (_, request, path) => {
    const { status, body } = await service.proxy.converse('generic', request, bearer('team-a'));
    expect([status, body]).toEqual([400, { message: `The value at ${path} ${NO_VIDEOS}` }]);
    expect(service.store.requests).toEqual([]);
  });

  it('is read where one of them takes it', async () => {
    expect((await service.proxy.converse('m', asking(video), bearer('team-a'))).status).toBe(200);
    expect(service.store.requests).toHaveLength(1);
  });
});

describe('An object is refused that', () => {
  it.each([
    ['is missing', asking(image('s3://media/uploads/none.png')), UNREADABLE],
    [
      'is empty',
      asking({ document: { name: 'd', source: image('s3://documents/empty.txt').image.source } }),
      'The value at messages.0.content.0.document.source.s3Location is invalid: the object is empty.',
    ],
    [
      'is in a tool result and missing',
      {
        messages: [
          { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'f', input: {} } }] },
          {
            role: 'user',
            content: [
              { toolResult: { toolUseId: 't', content: [{ text: 'a' }, image('s3://documents/none')] } },
            ],
          },
        ],
      },
      'The value at messages.1.content.0.toolResult.content.1.image.source.s3Location is invalid: the object cannot be read.',
    ],
  ])('%s', async (_, request, message) => {
    expect(await refused(request)).toEqual(invalid(message));
  });

  it('is too large together with the others, counted as base64', async () => {
    await using small = await S3Service.start({}, { MAX_BODY_MB: '0.002' });
    small.proxy.answerWith({ vllm: answerJson(textCompletion('Hi')) });
    await small.store.put('media', 'uploads/kilobyte.png', Buffer.alloc(1024));
    const uri = 's3://media/uploads/kilobyte.png';
    const status = async (...content: object[]) =>
      (await small.proxy.converse('m', asking(...content), bearer('team-a'))).status;
    expect(await status(image(uri), image(uri))).toBe(200);
    small.reset();
    const answer = await refused(asking(image(uri), image(uri, '111122223333')), 'team-a', small);
    expect(answer).toMatchObject({
      status: 400,
      message: expect.stringMatching(
        /^The value at messages\.0\.content\.\d\.image\.source\.s3Location is invalid: the objects of the request have more than 2097 bytes in base64\.$/,
      ) as string,
    });
  });

  it('is one too many', async () => {
    await using few = await S3Service.start({ s3Members: { maxObjects: 2 } });
    few.proxy.answerWith({ vllm: answerJson(textCompletion('Hi')) });
    const [one, two] = [image('s3://media/uploads/cat.png'), image('s3://media/uploads/team-b/dog.png')];
    const three = image('s3://media/uploads/none.png');
    expect(await refused(asking(one, one, two, three), 'team-a', few)).toEqual(
      invalid(
        `The value at ${PATH.replace('content.0', 'content.3')} is not supported: a request may refer to at most 2 objects.`,
      ),
    );
    expect(few.store.requests).toEqual([]);
    expect(await few.proxy.converse('m', asking(one, one, two), bearer('team-a'))).toMatchObject({
      status: 200,
    });
  });
});

describe('The path of a refusal is the native one', () => {
  const body = asking(image('s3://secrets/key.png'));

  it.each<[operation: string, request: object, prefix: string]>([
    ['converse', body, ''],
    ['converse-stream', body, ''],
    ['invoke', { schemaVersion: 'messages-v1', ...body }, ''],
    ['invoke-with-response-stream', { schemaVersion: 'messages-v1', ...body }, ''],
    ['count-tokens', { input: { converse: body } }, 'input.converse.'],
    [
      'count-tokens',
      {
        input: {
          invokeModel: {
            body: Buffer.from(JSON.stringify({ schemaVersion: 'messages-v1', ...body })).toString('base64'),
          },
        },
      },
      'input.invokeModel.body.',
    ],
  ])('of %s', async (operation, request, prefix) => {
    const response = await service.proxy.post('nova', operation, {
      ...bearer('team-a'),
      body: JSON.stringify(request),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: NOT_ALLOWED.replace(PATH, `${prefix}${PATH}`) },
    ]);
  });
});

describe('A store that fails', () => {
  it('for the credentials of the proxy is no fault of the client', async () => {
    await using wrong = await S3Service.start({}, { S3_KEY: 'UNKNOWN' });
    expect(await refused(asking(image('s3://media/uploads/cat.png')), 'team-a', wrong)).toEqual({
      status: 500,
      type: 'InternalServerException',
      message: UNEXPECTED,
    });
  });

  it('is logged and counted without keys and secrets', async () => {
    const log = new LogLines();
    const variables = { LOG_LEVEL: 'info', S3_KEY: 'UNKNOWNKEY', S3_SECRET: 'SECRETSECRET' };
    await using wrong = await S3Service.start({}, variables, log);
    const answer = await wrong.proxy.converse(
      'm',
      asking(image('s3://media/uploads/cat.png')),
      bearer('team-a'),
    );
    const line = await log.ofRequest(answer.headers.get('x-amzn-requestid'));
    expect(line).toMatchObject({
      level: 'error',
      exception: 'InternalServerException',
      s3: { objects: 1, bytes: 0, durationMs: expect.any(Number) as number, failure: 'InvalidAccessKeyId' },
    });
    expect(log.text).not.toMatch(/UNKNOWNKEY|SECRETSECRET|cat\.png/);
  });
});

describe('Without s3 in the configuration file', () => {
  it('a location is refused, and the setting is named', async () => {
    await using plain = await RoutedService.start({
      upstreams: { vllm: {} },
      models: [{ match: '*', route: [{ upstream: 'vllm' }] }],
    });
    expect(await plain.converse('m', asking(image('s3://media/uploads/cat.png')))).toMatchObject({
      status: 400,
      body: {
        message: `The value at ${PATH} is not supported: S3 locations are read only with \`s3\` in the configuration file. Send the content as bytes.`,
      },
    });
  });
});

describe('Without clients in the configuration file', () => {
  it('everybody may read what the proxy may read, and nothing else', async () => {
    await using open = await S3Service.start({ clients: undefined });
    open.proxy.answerWith({ vllm: answerJson(textCompletion('Hi')) });
    const status = async (uri: string) => (await open.proxy.converse('m', asking(image(uri)))).status;
    expect(await status('s3://media/uploads/cat.png')).toBe(200);
    expect(await status('s3://media/private.png')).toBe(400);
    expect(await status('s3://secrets/key.png')).toBe(400);
    expect(open.store.requests).toHaveLength(1);
  });
});

describe('A client that leaves', () => {
  it('ends the reads', async () => {
    const silent = await startScriptedUpstream(() => undefined);
    await using running = await S3Service.start({ s3Members: { endpoint: silent.origin } });
    const abort = new AbortController();
    const asked = running.proxy
      .converse('m', asking(image('s3://media/uploads/cat.png')), {
        ...bearer('team-a'),
        signal: abort.signal,
      })
      .catch((error: unknown) => error);
    await silent.received(1);
    abort.abort();
    expect(await asked).toMatchObject({ name: 'AbortError' });
    await silent.socketsDownTo(0);
    await silent.close();
  });
});
