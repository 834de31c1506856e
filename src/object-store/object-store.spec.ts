import { SignatureV4 } from '@smithy/signature-v4';
import { BedrockException } from '../bedrock/bedrock.exception.js';
import { Cancellation } from '../streaming/cancellation.js';
import { Sha256 } from '../../test/support/sha256.js';
import { OBJECT_PATH, ObjectReading } from '../../test/support/object-reading.js';
import {
  answerText,
  startScriptedUpstream,
  type UpstreamScript,
} from '../../test/support/scripted-upstream.js';

let reading: ObjectReading;

beforeEach(async () => {
  reading = await ObjectReading.start();
});
afterEach(() => reading[Symbol.asyncDispose]());

describe('An object is read', () => {
  it('by its path below the endpoint, signed for the region, without anything that servers may not know', async () => {
    expect(await reading.read({ keys: ['a b/ü%2f+.png'] })).toEqual(['b2JqZWN0']);
    const { method, path, headers } = reading.server.requests[0] ?? {};
    expect([method, path]).toEqual(['GET', '/bucket/a%20b/%C3%BC%252f%2B.png?x-id=GetObject']);
    expect(headers).toMatchObject({
      host: new URL(reading.server.origin).host,
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-test-1\/s3\/aws4_request, /,
      ) as string,
      'x-amz-security-token': 'token',
    });
    expect(headers).not.toHaveProperty('x-amz-checksum-mode');
    expect(headers).not.toHaveProperty('x-amz-expected-bucket-owner');
  });

  it('with a signature that verifies', async () => {
    await reading.read({ keys: ['a b/ü%2f+.png'] });
    const { headers = {}, path = '' } = reading.server.lastRequest ?? {};
    const { authorization = '' } = headers;
    const [, signed = ''] = /SignedHeaders=([^,]+)/.exec(authorization) ?? [];
    const signer = new SignatureV4({
      service: 's3',
      region: 'eu-test-1',
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' },
      sha256: Sha256,
      uriEscapePath: false,
    });
    const expected = await signer.sign(
      {
        method: 'GET',
        protocol: 'http:',
        hostname: '127.0.0.1',
        path: path.replace(/\?.*/, ''),
        query: { 'x-id': 'GetObject' },
        headers: Object.fromEntries(signed.split(';').map((name) => [name, String(headers[name])])),
      },
      {
        signingDate: new Date(
          String(headers['x-amz-date']).replace(/^(....)(..)(.....)(..)/, '$1-$2-$3:$4:'),
        ),
      },
    );
    expect(signed).toContain('host');
    expect(authorization).toBe(expected.headers['authorization']);
  });

  it('below an endpoint with a path', async () => {
    await reading.read({ changes: { endpoint: `${reading.server.origin}/s3` } });
    expect(reading.server.lastRequest?.path).toBe('/s3/bucket/key?x-id=GetObject');
  });

  it('in the order of the locations, whatever comes first', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);
    const waiting: (() => void)[] = [];
    let most = 0;
    reading.server.answerWith(({ path }, response) => {
      waiting.push(() => response.end(path.slice('/bucket/'.length).replace(/\?.*/, '')));
      most = Math.max(most, waiting.length);
      const next =
        waiting.length === 8 || reading.server.requests.length > 12 ? waiting.splice(0).toReversed() : [];
      for (const answer of next) answer();
    });
    const contents = await reading.read({ keys });
    expect(contents.map((content) => Buffer.from(content, 'base64').toString())).toEqual(keys);
    expect(most).toBe(8);
  });

  it('with the environment left aside', async () => {
    const other = await startScriptedUpstream(answerText('other'));
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'FROMENV',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_ENDPOINT_URL: other.origin,
      AWS_ENDPOINT_URL_S3: other.origin,
      AWS_REGION: 'us-env-1',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_USE_FIPS_ENDPOINT: 'true',
    });
    try {
      expect(await reading.read()).toEqual(['b2JqZWN0']);
      expect(reading.server.lastRequest?.headers['authorization']).toContain('Credential=AKID/');
      // the chain is the only one to look there
      await reading.read({ changes: { credentials: undefined } });
      expect(reading.server.lastRequest?.headers['authorization']).toMatch(
        /Credential=FROMENV\/\d+\/eu-test-1\//,
      );
      expect(other.requests).toEqual([]);
    } finally {
      process.env = before;
      await other.close();
    }
  });

  it('over the connections of the objects before, until the settings change', async () => {
    await reading.read();
    await reading.read();
    expect(reading.server.openSockets).toBe(1);
    await reading.read({ changes: { region: 'eu-test-2' } });
    await reading.server.socketsDownTo(1);
    expect(reading.server.lastRequest?.headers['authorization']).toContain('/eu-test-2/s3/');
    reading.store.onModuleDestroy();
    await reading.server.socketsDownTo(0);
  });
});

describe('The size of objects', () => {
  const tooLarge = `The value at ${OBJECT_PATH} is invalid: the objects of the request have more than 8 bytes in base64.`;

  it('is counted as base64, while they arrive', async () => {
    const received: number[] = [];
    reading.server.answerWith(inPieces('a', 'bcd', 'ef'));
    expect(await reading.read({ receive: (bytes) => received.push(bytes), maxBytes: 8 })).toEqual([
      'YWJjZGVm',
    ]);
    expect(received.reduce((sum, bytes) => sum + bytes, 0)).toBe(8);
  });

  it('is refused before the first byte when it is announced', async () => {
    const received: number[] = [];
    reading.server.answerWith((_, response) => {
      response.writeHead(200, { 'content-length': '7' });
      response.flushHeaders();
    });
    const told = await reading.failure({ maxBytes: 8, receive: (bytes) => received.push(bytes) });
    expect(told).toEqual(['ValidationException', tooLarge, 'ValidationException']);
    expect(received).toEqual([]);
    await reading.server.socketsDownTo(0);
  });

  it('is refused while it arrives when it is not announced', async () => {
    reading.server.answerWith((_, response) => {
      response.write('abcdefg');
    });
    expect(await reading.failure({ maxBytes: 8 })).toEqual([
      'ValidationException',
      tooLarge,
      'ValidationException',
    ]);
    await reading.server.socketsDownTo(0);
  });

  it('is refused when it is too much for all requests', async () => {
    const full = new BedrockException('ServiceUnavailableException', 'Too many bodies.');
    const failed = reading.read({
      receive: () => {
        throw full;
      },
    });
    await expect(failed).rejects.toBe(full);
  });

  it('may not be nothing', async () => {
    reading.server.answerWith(answerText(''));
    expect(await reading.failure()).toEqual([
      'ValidationException',
      `The value at ${OBJECT_PATH} is invalid: the object is empty.`,
      'ValidationException',
    ]);
  });
});

describe('Reading ends', () => {
  const silent: readonly [string, UpstreamScript][] = [
    ['before the headers', () => undefined],
    ['after the headers', (_, response) => response.flushHeaders()],
    ['in the middle of the object', (_, response) => void response.write('abc')],
  ];

  it.each(silent)('with the time: %s', async (_, script) => {
    reading.server.answerWith(script);
    expect(await reading.failure({ changes: { timeoutMs: 300 }, keys: ['a', 'b'] })).toEqual([
      'ModelTimeoutException',
      'The request took too long to process. The object store did not answer within the time allowed.',
      'ModelTimeoutException',
    ]);
    await reading.server.socketsDownTo(0);
  });

  it.each(silent)('with the client: %s', async (_, script) => {
    reading.server.answerWith(script);
    const cancellation = new Cancellation();
    const failed = reading.failure({ cancellation, keys: ['a', 'b'] });
    await reading.server.received(2);
    cancellation.cancel(new Error('left'));
    expect((await failed)[0]).toBe('ServiceUnavailableException');
    await reading.server.socketsDownTo(0);
  });

  it('before it begins when the client has left', async () => {
    const cancellation = new Cancellation();
    cancellation.cancel(new Error('left'));
    expect((await reading.failure({ cancellation }))[0]).toBe('ServiceUnavailableException');
    expect(reading.server.requests).toEqual([]);
  });

  it('for all objects with the first failure', async () => {
    reading.server.answerWith(async (request, response) => {
      if (request.path.startsWith('/bucket/missing')) {
        await reading.server.received(2);
        response.writeHead(404).end();
      }
    });
    expect(await reading.failure({ keys: ['waiting', 'missing'] })).toEqual([
      'ValidationException',
      `The value at ${OBJECT_PATH} is invalid: the object cannot be read.`,
      'NotFound',
    ]);
    await reading.server.socketsDownTo(1);
  });
});

function inPieces(...pieces: string[]): UpstreamScript {
  return (_, response) => {
    for (const piece of pieces) response.write(piece);
    response.end();
  };
}
