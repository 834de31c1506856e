import { hash } from 'node:crypto';
import { getToken } from '@aws/bedrock-token-generator';
import type { Client } from '../../config/configuration.js';
import { BearerVerifier } from './bearer-verifier.js';

const KEY = 'brp_team_0123456789';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const CLIENT: Client = {
  name: 'team-a',
  models: ['*'],
  limits: {},
  accessKeyId: 'PROXYTEAMA',
  secret: SECRET,
};
const MS_PER_HOUR = 3_600_000;

function verify(key: string, nowMs = Date.now()): Client {
  return new BearerVerifier().verify(key, {
    clientOfAccessKey: (id) => (id === 'PROXYTEAMA' ? CLIENT : undefined),
    clientOfBearerDigest: (digest) => (digest === hash('sha256', KEY) ? CLIENT : undefined),
    nowMs,
  });
}

function shortTerm(
  change: { id?: string; secret?: string; seconds?: number; token?: string } = {},
): Promise<string> {
  const { id = 'PROXYTEAMA', secret = SECRET, seconds = 43_200, token } = change;
  const credentials = { accessKeyId: id, secretAccessKey: secret, sessionToken: token };
  return getToken({ credentials, region: 'us-west-2', expiresInSeconds: seconds });
}

const rewritten = (key: string, from: string | RegExp, to: string): string => {
  const prefix = 'bedrock-api-key-';
  const url = Buffer.from(key.slice(prefix.length), 'base64').toString();
  return prefix + Buffer.from(url.replace(from, to)).toString('base64');
};

describe('BearerVerifier', () => {
  it('accepts a long-term key by its digest', () => {
    expect(verify(KEY)).toBe(CLIENT);
  });

  it.each([
    ['for 12 hours', {}],
    ['for a minute', { seconds: 60 }],
    ['with a session token', { token: 'session/token+=' }],
  ])('accepts a short-term key %s, as AWS’s own generator makes it', async (_, change) => {
    expect(verify(await shortTerm(change))).toBe(CLIENT);
  });

  it.each([
    ['an unknown key', 'brp_team_9876543210'],
    ['an empty key', ''],
    ['the digest in place of the key', hash('sha256', KEY)],
    ['a short-term key that is no base64', 'bedrock-api-key-%%%'],
    [
      'a short-term key for another host',
      `bedrock-api-key-${Buffer.from('evil.com/?Action=CallWithBearerToken').toString('base64')}`,
    ],
    ['a short-term key of a megabyte', `bedrock-api-key-${'A'.repeat(1_000_000)}`],
  ])('refuses %s', (_, key) => {
    expect(() => verify(key)).toThrow(
      expect.objectContaining({
        name: 'AccessDeniedException',
        message: 'Authentication failed: Please make sure your API Key is valid.',
      }),
    );
  });

  it.each<[string, { id?: string; secret?: string }, (key: string) => string, number]>([
    ['of another access key', { id: 'STRANGER' }, (key) => key, 0],
    ['signed with another secret', { secret: 'guess' }, (key) => key, 0],
    ['that has expired', {}, (key) => key, 13 * MS_PER_HOUR],
    ['from the future', {}, (key) => key, -MS_PER_HOUR],
    [
      'with a longer life than was signed',
      {},
      (key) => rewritten(key, 'X-Amz-Expires=43200', 'X-Amz-Expires=43199'),
      0,
    ],
    ['with a life of days', {}, (key) => rewritten(key, 'X-Amz-Expires=43200', 'X-Amz-Expires=604800'), 0],
    ['for another action', {}, (key) => rewritten(key, 'CallWithBearerToken', 'ListUsers'), 0],
    ['with a parameter twice', {}, (key) => rewritten(key, '?', '?X-Amz-Expires=1&'), 0],
    ['without a date', {}, (key) => rewritten(key, /&X-Amz-Date=[^&]*/, ''), 0],
    ['with a broken escape', {}, (key) => rewritten(key, '?', '?a=%zz&'), 0],
  ])('refuses a short-term key %s', async (_, change, tamper, laterMs) => {
    const key = tamper(await shortTerm(change));
    expect(() => verify(key, Date.now() + laterMs)).toThrow(
      expect.objectContaining({ name: 'AccessDeniedException' }),
    );
  });
});
