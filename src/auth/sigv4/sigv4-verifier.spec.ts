import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { Sha256 } from '../../../test/support/sha256.js';
import type { Client } from '../../config/configuration.js';
import { SignedMessage } from '../signed-message.js';
import { SigV4Verifier } from './sigv4-verifier.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const HOST = 'proxy.example:8000';
const CLIENT: Client = {
  name: 'team-a',
  models: ['*'],
  limits: {},
  accessKeyId: 'PROXYTEAMA',
  secret: SECRET,
};
const BODY = '{"messages":[]}';

interface Request {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
}

const request = (change: Partial<Request> = {}): Request => ({
  method: 'POST',
  path: '/model/anthropic.claude-v1%3A0/converse',
  query: {},
  headers: { host: HOST, 'content-type': 'application/json' },
  body: BODY,
  ...change,
});

async function signed(
  toSign: Request,
  options: { service?: string; at?: number; secret?: string; hash?: boolean } = {},
) {
  const { service = 'bedrock', at = NOW, secret = SECRET, hash = true } = options;
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: { accessKeyId: 'PROXYTEAMA', secretAccessKey: secret },
    sha256: Sha256,
    applyChecksum: hash,
  });
  const http = { ...toSign, protocol: 'http:', hostname: 'proxy.example' };
  return (await signer.sign(http, { signingDate: new Date(at) })).headers;
}

async function verify(received: Request, headers: Record<string, string>, hosts = [HOST]): Promise<Client> {
  const rawHeaders = Object.entries(headers).flat();
  const query = Object.entries(received.query).map((pair) => pair.map(encodeURIComponent).join('='));
  const originalUrl = received.path + (query.length > 0 ? `?${query.join('&')}` : '');
  // the part of a message that is read
  const message = { method: received.method, originalUrl, rawHeaders } as unknown as IncomingMessage;
  return new SigV4Verifier().verify(new SignedMessage(message), headers.authorization ?? '', {
    clientOf: (id) => (id === 'PROXYTEAMA' ? CLIENT : undefined),
    hosts,
    nowMs: NOW,
    readBody: async () => Buffer.from(received.body),
    hashBody: async () => hash('sha256', received.body),
  });
}

describe('SigV4Verifier', () => {
  it.each([
    ['a request with its body hash', request(), {}],
    ['a request without a body hash, as boto3 sends', request(), { hash: false }],
    [
      'an ARN',
      request({ path: '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/converse' }),
      {},
    ],
    ['a twice encoded path', request({ path: '/model/a%2520b%C3%BC/converse' }), {}],
    ['a query', request({ query: { b: '2', a: 'x y+z', 'a-': '' } }), {}],
    ['a session token', request({ headers: { host: HOST, 'x-amz-security-token': 'token' } }), {}],
    ['inner spaces of a header', request({ headers: { host: HOST, 'x-amz-meta': 'a   b' } }), {}],
    ['the last second of five minutes ago', request(), { at: NOW - 300_000 }],
    ['five minutes ahead', request(), { at: NOW + 300_000 }],
    ['an empty body', request({ body: '' }), {}],
  ])('accepts %s', async (_, toSign, options) => {
    await expect(verify(toSign, await signed(toSign, options))).resolves.toBe(CLIENT);
  });

  it('accepts a host that is one of several candidates', async () => {
    await expect(verify(request(), await signed(request()), ['internal:1', HOST])).resolves.toBe(CLIENT);
  });

  it.each<[string, Partial<Request>, (headers: Record<string, string>) => Record<string, string>, string]>([
    ['another method', { method: 'PUT' }, (headers) => headers, 'InvalidSignatureException'],
    ['another path', { path: '/model/other/converse' }, (headers) => headers, 'InvalidSignatureException'],
    ['another query', { query: { x: '1' } }, (headers) => headers, 'InvalidSignatureException'],
    ['another body', { body: '{}' }, (headers) => headers, 'InvalidSignatureException'],
    [
      'a changed header',
      {},
      (headers) => ({ ...headers, 'content-type': 'text/plain' }),
      'InvalidSignatureException',
    ],
    [
      'an added x-amz header',
      {},
      (headers) => ({ ...headers, 'x-amz-extra': '1' }),
      'IncompleteSignatureException',
    ],
    [
      'an unsigned payload',
      {},
      (headers) => ({ ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }),
      'IncompleteSignatureException',
    ],
    [
      'a streaming payload',
      {},
      (headers) => ({ ...headers, 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }),
      'IncompleteSignatureException',
    ],
    ['an empty date', {}, (headers) => ({ ...headers, 'x-amz-date': '' }), 'IncompleteSignatureException'],
    [
      'a date of another form',
      {},
      (headers) => ({ ...headers, 'x-amz-date': '2026-11-22' }),
      'IncompleteSignatureException',
    ],
    [
      'a path through dots',
      { path: '/model/x/../anthropic.claude-v1%3A0/converse' },
      (headers) => headers,
      'IncompleteSignatureException',
    ],
    [
      'a path that ends in dots',
      { path: '/model/anthropic.claude-v1%3A0/converse/x/..' },
      (headers) => headers,
      'IncompleteSignatureException',
    ],
    [
      'a scope of a whole year',
      {},
      (headers) => edit(headers, '/20261122/', '/2026/'),
      'IncompleteSignatureException',
    ],
    [
      'a date of another day',
      {},
      (headers) => ({ ...headers, 'x-amz-date': '20261121T235959Z' }),
      'IncompleteSignatureException',
    ],
    [
      'a repeated date',
      {},
      (headers) => ({ ...headers, 'X-Amz-Date': headers['x-amz-date'] ?? '' }),
      'InvalidSignatureException',
    ],
    ['a repeated host', {}, (headers) => ({ ...headers, Host: 'evil' }), 'InvalidSignatureException'],
    [
      'another access key',
      {},
      (headers) => edit(headers, 'PROXYTEAMA', 'PROXYTEAMB'),
      'UnrecognizedClientException',
    ],
    ['another region', {}, (headers) => edit(headers, 'us-east-1', 'eu-west-1'), 'InvalidSignatureException'],
    ['another service', {}, (headers) => edit(headers, '/bedrock/', '/s3/'), 'IncompleteSignatureException'],
    [
      'fewer signed headers',
      {},
      (headers) => edit(headers, 'content-type;', ''),
      'InvalidSignatureException',
    ],
    ['no signed host', {}, (headers) => edit(headers, 'host;', ''), 'IncompleteSignatureException'],
    [
      'headers out of order',
      {},
      (headers) => edit(headers, 'content-type;host', 'host;content-type'),
      'IncompleteSignatureException',
    ],
    [
      'a shorter signature',
      {},
      (headers) => edit(headers, /[0-9a-f]{2}$/, ''),
      'IncompleteSignatureException',
    ],
    [
      'a flipped digit',
      {},
      (headers) => edit(headers, /.$/, (digit) => (digit === '0' ? '1' : '0')),
      'InvalidSignatureException',
    ],
    [
      'a signature in capitals',
      {},
      (headers) => edit(headers, /Signature=.*$/, (text) => text.toUpperCase()),
      'IncompleteSignatureException',
    ],
    ['no signature', {}, (headers) => edit(headers, /, Signature=.*$/, ''), 'IncompleteSignatureException'],
    [
      'two signatures',
      {},
      (headers) => ({ ...headers, authorization: `${headers.authorization}, Signature=${'0'.repeat(64)}` }),
      'IncompleteSignatureException',
    ],
    [
      'a credential without a scope',
      {},
      (headers) => edit(headers, /Credential=[^,]*/, 'Credential=PROXYTEAMA'),
      'IncompleteSignatureException',
    ],
  ])('refuses %s', async (_, change, tamper, name) => {
    const headers = tamper(await signed(request()));
    await expect(verify(request(change), headers)).rejects.toMatchObject({ name });
  });

  it.each([
    [
      'expired',
      -301_000,
      /^Signature expired: 20261122T115459Z is now earlier than 20261122T115500Z \(20261122T120000Z - 5 min\.\)$/,
    ],
    [
      'not yet current',
      301_000,
      /^Signature not yet current: 20261122T120501Z is still later than 20261122T120500Z/,
    ],
  ])('reports %s with the message by which SDKs correct their clocks', async (_, offset, message) => {
    const headers = await signed(request(), { at: NOW + offset });
    await expect(verify(request(), headers)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringMatching(message),
    });
  });

  it('does not read the body before the signature with its claimed hash is verified', async () => {
    const headers = await signed(request(), { secret: 'another' });
    const readBody = (): Promise<Buffer> => Promise.reject(new Error('read'));
    const message = {
      method: 'POST',
      originalUrl: request().path,
      rawHeaders: Object.entries(headers).flat(),
    };
    // the part of a message that is read
    const signedMessage = new SignedMessage(message as unknown as IncomingMessage);
    const verified = new SigV4Verifier().verify(signedMessage, headers.authorization ?? '', {
      clientOf: () => CLIENT,
      hosts: [HOST],
      nowMs: NOW,
      readBody,
      hashBody: () => Promise.reject(new Error('hashed')),
    });
    await expect(verified).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });

  it('agrees with the official signer on any path, query, header and body', async () => {
    const segment = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .map(encodeURIComponentStrictly);
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.dictionary(
          fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
          fc.string({ unit: 'binary', maxLength: 6 }),
          { noNullPrototype: true },
        ),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        async (segments, query, body, hash) => {
          const any = request({ path: `/${segments.join('/')}`, query, body });
          await expect(verify(any, await signed(any, { hash }))).resolves.toBe(CLIENT);
        },
      ),
      { numRuns: 150 },
    );
  });
});

function edit(
  headers: Record<string, string>,
  from: string | RegExp,
  to: string | ((found: string) => string),
): Record<string, string> {
  const { authorization = '' } = headers;
  return {
    ...headers,
    authorization: typeof to === 'string' ? authorization.replace(from, to) : authorization.replace(from, to),
  };
}

function encodeURIComponentStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
