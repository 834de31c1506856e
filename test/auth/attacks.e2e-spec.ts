import { hash } from 'node:crypto';
import { textCompletion } from '../support/answers.js';
import { cpuTimeMs } from '../support/cpu-time.js';
import { GuardedService, TEAM_A_BEARER, TEAM_B_BEARER } from '../support/guarded-service.js';
import { answerJson } from '../support/scripted-upstream.js';
import { sendOverWire, signedRequest, type Signing, type WireRequest } from '../support/signed-request.js';

const MS_PER_MINUTE = 60_000;
/** CPU time in ms. Reading and hashing take a few; this leaves room for a slow machine. */
const MAX_MS = 250;
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const INVALID = [403, 'InvalidSignatureException'] as const;
const INCOMPLETE = [400, 'IncompleteSignatureException'] as const;
const UNKNOWN_KEY = [403, 'UnrecognizedClientException'] as const;
const DENIED = [403, 'AccessDeniedException'] as const;
/** Refused by the HTTP parser, before an operation is known. */
const NO_REQUEST = [400, undefined] as const;

type Tamper = (request: WireRequest) => WireRequest;
type Expected = readonly [status: number, exception: string | undefined];

const untouched: Tamper = (request) => request;
const add =
  (name: string, value: string): Tamper =>
  (request) => ({ ...request, headers: [...request.headers, [name, value]] });
const edit =
  (name: string, change: (value: string) => string): Tamper =>
  (request) => ({
    ...request,
    headers: request.headers.map(([header, value]) => [header, header === name ? change(value) : value]),
  });
const drop =
  (name: string): Tamper =>
  (request) => ({ ...request, headers: request.headers.filter(([header]) => header !== name) });
const repeat =
  (name: string): Tamper =>
  (request) => ({
    ...request,
    headers: [...request.headers, ...request.headers.filter(([header]) => header === name)],
  });
const target =
  (changed: string): Tamper =>
  (request) => ({ ...request, target: changed });
const body =
  (changed: string): Tamper =>
  (request) => ({ ...request, body: changed });
const both =
  (first: Tamper, second: Tamper): Tamper =>
  (request) =>
    second(first(request));
const authorization = (value: string) => edit('authorization', () => value);
const inAuthorization = (from: string | RegExp, to: string) =>
  edit('authorization', (value) => value.replace(from, to));

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MS_PER_MINUTE);
const amzDate = (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '');
const SWAPPED = BODY.replace('Hello', 'Jello');
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

/** The signed request, the change after signing, and the answer. */
const ATTACKS: readonly [string, Partial<Signing>, Tamper, Expected][] = [
  ['a request replayed after six minutes', { at: minutesAgo(6) }, untouched, INVALID],
  ['a request made for later', { at: minutesAgo(-6) }, untouched, INVALID],
  [
    'a replayed request with a fresh date',
    { at: minutesAgo(6) },
    edit('x-amz-date', () => amzDate(new Date())),
    INVALID,
  ],
  [
    'a replayed request with a second date',
    { at: minutesAgo(6) },
    add('x-amz-date', amzDate(new Date())),
    INVALID,
  ],
  [
    'a date in full-width digits',
    {},
    edit('x-amz-date', (date) => utf8(date.replace('2', '２'))),
    INCOMPLETE,
  ],
  ['no date', {}, drop('x-amz-date'), INCOMPLETE],

  ['a session token that is not signed', {}, add('x-amz-security-token', 'x'), INCOMPLETE],
  ['an x-amz header that is not signed', {}, add('X-Amz-Meta-Role', 'admin'), INCOMPLETE],
  ['a second value of a signed header', {}, add('content-type', 'text/plain'), INVALID],
  ['a changed header', {}, edit('content-type', () => 'text/plain'), INVALID],
  ['another host', {}, edit('host', () => 'evil.example'), INVALID],
  [
    'a host behind a proxy that is not trusted',
    { host: 'evil.example' },
    both(
      edit('host', () => 'internal'),
      add('x-forwarded-host', 'evil.example'),
    ),
    INVALID,
  ],
  ['two hosts', {}, repeat('host'), INVALID],
  ['two authorizations', {}, repeat('authorization'), INVALID],
  ['two body hashes', {}, repeat('x-amz-content-sha256'), INVALID],
  ['two lengths', {}, repeat('content-length'), NO_REQUEST],
  ['a length and chunks', {}, add('transfer-encoding', 'chunked'), NO_REQUEST],
  [
    'a header that goes on in the next line',
    {},
    edit('authorization', (value) => value.replace(', ', ',\r\n ')),
    NO_REQUEST,
  ],
  ['a header with a zero byte', {}, add('x-note', 'a\0b'), NO_REQUEST],
  [
    'a header with a lone line feed',
    {},
    edit('x-amz-date', (date) => `${date}\nx-amz-role: admin`),
    NO_REQUEST,
  ],
  ['headers of 20 kB', {}, add('x-note', 'x'.repeat(20_000)), [431, undefined]],

  ['another model', {}, target('/model/claude-opus/converse'), INVALID],
  ['another operation', {}, target('/model/claude/converse-stream'), INVALID],
  ['another method', { method: 'PUT' }, (request) => ({ ...request, method: 'POST' }), INVALID],
  ['an added query', {}, target('/model/claude/converse?x=1'), INVALID],
  ['a path through dots', {}, target('/model/x/../claude/converse'), INCOMPLETE],
  ['a path through a dot', {}, target('/model/./claude/converse'), INCOMPLETE],
  ['a path through encoded dots', {}, target('/model/x/%2e%2e/claude/converse'), INVALID],
  ['a path with a double slash', {}, target('/model//claude/converse'), INCOMPLETE],
  ['a path with a whole URL', {}, target('http://evil.example/model/claude/converse'), INCOMPLETE],
  [
    'a slash for an encoded one',
    { path: '/model/a%2Fclaude/converse' },
    target('/model/a/claude/converse'),
    INVALID,
  ],
  [
    'an encoded slash for a plain one',
    { path: '/model/a/claude/converse' },
    target('/model/a%2Fclaude/converse'),
    INVALID,
  ],
  [
    'a path encoded once more',
    { path: '/model/claude%3A0/converse' },
    target('/model/claude%253A0/converse'),
    INVALID,
  ],
  [
    'a path encoded in other letters',
    { path: '/model/claude%3A0/converse' },
    target('/model/claude%3a0/converse'),
    INVALID,
  ],

  ['another body', {}, body(SWAPPED), INVALID],
  [
    'another body with its hash',
    {},
    both(
      body(SWAPPED),
      edit('x-amz-content-sha256', () => hash('sha256', SWAPPED)),
    ),
    INVALID,
  ],
  ['another body without a hash', {}, both(body(SWAPPED), drop('x-amz-content-sha256')), INVALID],
  [
    'a body that nothing signs',
    { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
    untouched,
    INCOMPLETE,
  ],
  [
    'a body in signed pieces',
    { headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' } },
    untouched,
    INCOMPLETE,
  ],

  ['a signature for another service', { service: 's3' }, untouched, INCOMPLETE],
  [
    'a signature for another service, renamed',
    { service: 's3' },
    inAuthorization('/s3/', '/bedrock/'),
    INVALID,
  ],
  ['a signature of another region', {}, inAuthorization('us-east-1', 'eu-west-1'), INVALID],
  ['a signature of another day', {}, inAuthorization(/\/\d{8}\//, '/20200101/'), INCOMPLETE],
  ['a scope with another end', {}, inAuthorization('aws4_request', 'aws5_request'), INCOMPLETE],
  ['a secret of somebody else', { secretAccessKey: 'guess' }, untouched, INVALID],
  ['an empty secret', { secretAccessKey: '' }, untouched, INVALID],
  [
    'an access key that is a member of every object',
    {},
    inAuthorization('PROXYTEAMA', '__proto__'),
    UNKNOWN_KEY,
  ],
  ['an access key in another alphabet', {}, inAuthorization('PROXYTEAMA', utf8('ПРОКСИ')), UNKNOWN_KEY],
  ['an access key in lower case', {}, inAuthorization('PROXYTEAMA', 'proxyteama'), UNKNOWN_KEY],
  ['fewer signed headers', {}, inAuthorization('content-type;', ''), INVALID],
  ['no signed host', {}, inAuthorization('host;', ''), INCOMPLETE],
  ['no signed date', {}, inAuthorization(';x-amz-date', ''), INCOMPLETE],
  ['signed headers in capitals', {}, inAuthorization('content-type;', 'Content-Type;'), INCOMPLETE],
  [
    'thousands of signed headers',
    {},
    inAuthorization(
      'SignedHeaders=',
      `SignedHeaders=${Array.from({ length: 2_000 }, (_, n) => `a${n + 1_000}`).join(';')};`,
    ),
    INVALID,
  ],
  ['thousands of commas', {}, inAuthorization(/^\S+ /, `AWS4-HMAC-SHA256 ${','.repeat(10_000)}`), INCOMPLETE],
  ['two signatures in one header', {}, inAuthorization(/$/, `, Signature=${'0'.repeat(64)}`), INCOMPLETE],
  [
    'a signature in capitals',
    {},
    edit('authorization', (value) =>
      value.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase().replace(/^./, 'A')),
    ),
    INCOMPLETE,
  ],
  ['a signature cut short', {}, inAuthorization(/[0-9a-f]{32}$/, ''), INCOMPLETE],
  ['no signature', {}, inAuthorization(/, Signature=.*$/, ''), INCOMPLETE],
  ['an elliptic algorithm', {}, inAuthorization('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'), INCOMPLETE],
  ['a weaker algorithm', {}, inAuthorization('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1'), INCOMPLETE],
  ['no algorithm', {}, inAuthorization('AWS4-HMAC-SHA256 ', ''), INCOMPLETE],
  ['the scheme in lower case', {}, inAuthorization('AWS4-HMAC-SHA256', 'aws4-hmac-sha256'), INCOMPLETE],
  ['a name and a password', {}, authorization(`Basic ${btoa('team-a:secret')}`), INCOMPLETE],

  ['no authorization', {}, drop('authorization'), DENIED],
  ['an empty authorization', {}, authorization(''), DENIED],
  [
    'a presigned URL',
    {},
    both(
      drop('authorization'),
      target('/model/claude/converse?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00'),
    ),
    DENIED,
  ],
  ['a bearer without a key', {}, authorization('Bearer'), DENIED],
  ['a bearer of spaces', {}, authorization('Bearer    '), DENIED],
  ['a bearer in lower case', {}, authorization(`bearer ${TEAM_A_BEARER}`), INCOMPLETE],
  ['a key twice', {}, authorization(`Bearer ${TEAM_A_BEARER}, Bearer ${TEAM_A_BEARER}`), DENIED],
  [
    'a good key and a bad one',
    {},
    both(authorization(`Bearer ${TEAM_A_BEARER}`), add('authorization', 'Bearer x')),
    INVALID,
  ],
  ['a key with more behind it', {}, authorization(`Bearer ${TEAM_A_BEARER}x`), DENIED],
  ['the digest in place of the key', {}, authorization(`Bearer ${hash('sha256', TEAM_A_BEARER)}`), DENIED],
  ['a key in another alphabet', {}, authorization(`Bearer ${utf8('ключ')}`), DENIED],
  ['a minted key that is no URL', {}, authorization('Bearer bedrock-api-key-AAAA'), DENIED],
  [
    'a key for other models',
    { path: '/model/gpt-4o/converse' },
    authorization(`Bearer ${TEAM_B_BEARER}`),
    DENIED,
  ],
];

describe('The proxy', () => {
  let service: GuardedService;
  let host: string;

  beforeAll(async () => {
    service = await GuardedService.start();
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    host = `127.0.0.1:${service.proxy.port}`;
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const sign = (signing: Partial<Signing> = {}) => signedRequest({ host, body: BODY, ...signing });

  it.each(ATTACKS)('refuses %s', async (_, signing, tamper, [status, exception]) => {
    const request = tamper(await sign(signing));
    const startedAt = cpuTimeMs();
    const answer = await sendOverWire(service.proxy.port, request);
    expect([answer.status, answer.exception]).toEqual([status, exception]);
    expect(cpuTimeMs() - startedAt).toBeLessThan(MAX_MS);
    expect(JSON.stringify(answer)).not.toMatch(/wJalrXUtnFEMI|another\+secret/);
  });

  it('has called no upstream', () => {
    expect(service.upstream.requests).toEqual([]);
  });

  it('refuses dots in a model id even when they are signed', async () => {
    const request = await sign({ path: '/model/x%2F..%2Fclaude/converse' });
    await expect(sendOverWire(service.proxy.port, request)).resolves.toMatchObject({
      status: 400,
      exception: 'ValidationException',
    });
    expect(service.upstream.requests).toEqual([]);
  });

  it('accepts an unmodified request', async () => {
    await expect(sendOverWire(service.proxy.port, await sign())).resolves.toEqual({ status: 200 });
    expect(service.upstream.requests).toHaveLength(1);
  });
});
