import type { ServerResponse } from 'node:http';
import { BedrockException } from '../bedrock/bedrock.exception.js';
import { freePort } from '../../test/support/free-port.js';
import { OBJECT_PATH, ObjectReading } from '../../test/support/object-reading.js';
import {
  answerText,
  startScriptedUpstream,
  type UpstreamScript,
} from '../../test/support/scripted-upstream.js';
import { failureCode } from './read-failure.js';

const UNREADABLE = `The value at ${OBJECT_PATH} is invalid: the object cannot be read.`;

let reading: ObjectReading;

beforeEach(async () => {
  reading = await ObjectReading.start();
});
afterEach(() => reading[Symbol.asyncDispose]());

const refusal = (code: string, status: number, headers: Record<string, string> = {}): UpstreamScript =>
  answerText(`<Error><Code>${code}</Code><Message>no</Message></Error>`, status, 'application/xml', headers);

describe('What the store answers', () => {
  it.each<[code: string, status: number]>([
    ['NoSuchKey', 404],
    ['NoSuchBucket', 404],
    ['AccessDenied', 403],
    ['InvalidObjectState', 403],
    ['KeyTooLongError', 400],
    ['PreconditionFailed', 412],
  ])('concerns the object: %s', async (code, status) => {
    reading.server.answerWith(refusal(code, status));
    expect(await reading.failure()).toEqual(['ValidationException', UNREADABLE, code]);
    expect(reading.server.requests).toHaveLength(1);
  });

  it.each<[code: string, status: number]>([
    ['InvalidAccessKeyId', 403],
    ['SignatureDoesNotMatch', 403],
    ['ExpiredToken', 400],
    ['AuthorizationHeaderMalformed', 400],
    ['Unauthorized', 401],
    ['MethodNotAllowed', 405],
    ['InternalError', 500],
    ['NotImplemented', 501],
  ])('concerns the proxy or the store: %s', async (code, status) => {
    reading.server.answerWith(refusal(code, status));
    expect(await reading.failure()).toEqual([
      'InternalServerException',
      'The system encountered an unexpected error during processing. Try your request again. The object store failed.',
      code,
    ]);
  });

  it.each<[code: string, status: number]>([
    ['SlowDown', 503],
    ['ServiceUnavailable', 503],
    ['TooManyRequests', 429],
  ])('says to come later: %s', async (code, status) => {
    reading.server.answerWith(refusal(code, status));
    expect(await reading.failure()).toEqual([
      'ServiceUnavailableException',
      'Bedrock is unable to process your request.',
      code,
    ]);
    expect(reading.server.requests).toHaveLength(3);
  });

  it.each([
    ['PermanentRedirect', 301],
    ['TemporaryRedirect', 307],
    ['Found', 302],
  ])('is not followed elsewhere: %s', async (code, status) => {
    const other = await startScriptedUpstream(answerText('other'));
    const headers = { location: `${other.origin}/bucket/key`, 'x-amz-bucket-region': 'us-west-2' };
    reading.server.answerWith(refusal(code, status, headers));
    expect((await reading.failure())[0]).toBe('InternalServerException');
    expect(other.requests).toEqual([]);
    expect(reading.server.requests).toHaveLength(1);
    await other.close();
  });

  it.each<[what: string, script: UpstreamScript, name: string]>([
    [
      'a page of another server',
      answerText('<html>not here</html>', 404, 'text/html'),
      'ValidationException',
    ],
    [
      'an error of a proxy before it',
      answerText('Bad gateway', 502, 'text/plain'),
      'InternalServerException',
    ],
    ['an object that is cut off', cutOff, 'InternalServerException'],
    ['no HTTP', (_, response) => response.socket?.end('SSH-2.0\r\n'), 'InternalServerException'],
    ['nothing', (_, response) => response.socket?.destroy(), 'InternalServerException'],
  ])('may be %s', async (_, script, name) => {
    reading.server.answerWith(script);
    expect((await reading.failure())[0]).toBe(name);
  });

  it('may be missing altogether', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    expect((await reading.failure({ changes: { endpoint } }))[0]).toBe('InternalServerException');
  });
});

function cutOff(_: unknown, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '10' });
  response.write('abc', () => response.socket?.end());
}

describe('failureCode', () => {
  const caused = (cause: unknown) => new BedrockException('InternalServerException', 'no', { cause });
  const named = (name: string, members: object = {}) => Object.assign(new Error('no'), { name, ...members });

  it.each<[error: unknown, code: string]>([
    [caused(named('NoSuchKey')), 'NoSuchKey'],
    [caused(named('Error', { code: 'ECONNREFUSED' })), 'ECONNREFUSED'],
    [caused(named('words of a server')), 'Error'],
    [caused(named('x'.repeat(65))), 'Error'],
    [caused('no error'), 'InternalServerException'],
    [new BedrockException('ModelTimeoutException', 'no'), 'ModelTimeoutException'],
    [new TypeError('no'), 'TypeError'],
    ['no error', 'Error'],
  ])('%s: %s', (error, code) => {
    expect(failureCode(error)).toBe(code);
  });
});
