import { textCompletion } from '../support/answers.js';
import { GuardedService } from '../support/guarded-service.js';
import { answerJson } from '../support/scripted-upstream.js';
import { sendOverWire, signedRequest, type Signing, type WireRequest } from '../support/signed-request.js';

const OUTSIDE = 'bedrock.example:8443';
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });

type Change = (headers: WireRequest['headers']) => WireRequest['headers'];

/** The request as a load balancer forwards it. */
const host =
  (value: string): Change =>
  (headers) =>
    headers.map(([name, before]) => (name === 'host' ? [name, value] : [name, before]));
const add =
  (...added: [string, string][]): Change =>
  (headers) => [...headers, ...added];
const through = (request: WireRequest, ...changes: Change[]): WireRequest => ({
  ...request,
  headers: changes.reduce((headers, change) => change(headers), request.headers),
});

describe('Behind a load balancer', () => {
  let plain: GuardedService;
  let named: GuardedService;
  let trusting: GuardedService;

  beforeAll(async () => {
    plain = await GuardedService.start();
    named = await GuardedService.start({ auth: { externalHosts: ['other.example', OUTSIDE] } });
    trusting = await GuardedService.start({ auth: { trustForwardedHost: true } });
    for (const service of [plain, named, trusting]) {
      service.upstream.answerWith(answerJson(textCompletion('Hi')));
    }
  });
  afterAll(() => Promise.all([plain, named, trusting].map((service) => service[Symbol.asyncDispose]())));

  const sign = (signing: Partial<Signing> = {}) => signedRequest({ host: OUTSIDE, body: BODY, ...signing });
  const send = (service: GuardedService, request: WireRequest) => sendOverWire(service.proxy.port, request);

  it('that changes the host, a request is accepted by the host names of the configuration', async () => {
    await expect(send(named, through(await sign(), host('internal:8000')))).resolves.toEqual({ status: 200 });
  });

  it.each<[string, Change]>([
    ['whole', add(['x-forwarded-host', OUTSIDE])],
    ['with its port apart', add(['X-Forwarded-Host', 'bedrock.example'], ['X-Forwarded-Port', '8443'])],
    ['first in a list', add(['x-forwarded-host', `${OUTSIDE}, inner.example`])],
    ['first of several', add(['x-forwarded-host', OUTSIDE], ['x-forwarded-host', 'inner.example'])],
  ])('that is trusted, a request is accepted by the forwarded host: %s', async (_, forward) => {
    const request = through(await sign(), host('internal:8000'), forward);
    await expect(send(trusting, request)).resolves.toEqual({ status: 200 });
    await expect(send(plain, request)).resolves.toMatchObject({ exception: 'InvalidSignatureException' });
  });

  it('that keeps the host, no setting is needed', async () => {
    await expect(send(plain, await sign())).resolves.toEqual({ status: 200 });
  });

  it('that converts HTTP/2 to HTTP/1.1, the host is the signed authority', async () => {
    const { headers, ...rest } = await sign({ hostHeader: ':authority' });
    const converted = headers.map(([name, value]) => [name === ':authority' ? 'host' : name, value] as const);
    await expect(send(plain, { ...rest, headers: converted })).resolves.toEqual({ status: 200 });
  });

  it('that forwards bodies in chunks, the signed length is that of the body', async () => {
    const request = await sign();
    const chunked = {
      ...request,
      headers: [
        ...request.headers.filter(([name]) => name !== 'content-length'),
        ['transfer-encoding', 'chunked'] as const,
      ],
      body: `${Buffer.byteLength(BODY).toString(16)}\r\n${BODY}\r\n0\r\n\r\n`,
    };
    await expect(send(plain, chunked)).resolves.toEqual({ status: 200 });
  });

  it.each<[string, Change]>([
    ['an empty name', add(['x-forwarded-host', ''])],
    ['another name', add(['x-forwarded-host', 'evil.example'])],
    ['the right name in the second place', add(['x-forwarded-host', `evil.example, ${OUTSIDE}`])],
  ])('that is trusted, a request with %s is refused', async (_, forward) => {
    const request = through(await sign(), host('internal:8000'), forward);
    await expect(send(trusting, request)).resolves.toMatchObject({ exception: 'InvalidSignatureException' });
  });

  it('a host name does not replace the secret', async () => {
    const request = await sign({ secretAccessKey: 'guess' });
    await expect(send(named, request)).resolves.toMatchObject({ exception: 'InvalidSignatureException' });
  });
});
