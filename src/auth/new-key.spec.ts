import { hash } from 'node:crypto';
import { parse } from 'yaml';
import { parseConfigFile } from '../config/file/parse-config-file.js';
import { describeKey, newKey } from './new-key.js';

const REST = {
  upstreams: { a: { baseUrl: 'http://a' } },
  models: [{ match: '*', route: [{ upstream: 'a' }] }],
};

/** The lines for the configuration file, parsed as YAML. */
function linesForTheFile(description: string): { clients: unknown[] } {
  // the content is checked here
  return parse(description.slice(description.indexOf('clients:'))) as { clients: unknown[] };
}

describe('newKey', () => {
  it('has the forms that AWS clients and the configuration file accept', () => {
    expect(newKey('team-a', [])).toEqual({
      name: 'team-a',
      models: [],
      accessKeyId: expect.stringMatching(/^BRPK[A-Z2-7]{16}$/) as string,
      secret: expect.stringMatching(/^[\w-]{40}$/) as string,
      bearerKey: expect.stringMatching(/^brp_BRPK[A-Z2-7]{16}_[\w-]{43}$/) as string,
    });
  });

  it('is different each time', () => {
    const keys = Array.from({ length: 200 }, () => newKey('team-a', []));
    const parts = keys.flatMap(({ accessKeyId, secret, bearerKey }) => [accessKeyId, secret, bearerKey]);
    expect(new Set(parts).size).toBe(600);
  });

  it.each(['', '-x', '../etc/passwd', 'a/b', 'a b', 'a\nb', 'ä', 'x'.repeat(65)])(
    'refuses %j, which is not a safe file name',
    (name) => {
      expect(() => newKey(name, [])).toThrow('A name is');
    },
  );
});

describe('describeKey', () => {
  it.each([
    ['a name', 'team-a', []],
    ['a name that YAML takes for a number', '1e5', []],
    ['a name that YAML takes for a truth value', 'true', []],
    ['globs', 'team.b', ['*claude*', 'gpt-4o']],
  ])('prints lines that are valid in the configuration file, with %s', (_, name, models) => {
    const key = newKey(name, models);
    const file = { ...REST, ...linesForTheFile(describeKey(key)) };
    expect(parseConfigFile(JSON.stringify(file)).clients).toMatchObject([
      {
        name,
        accessKeyId: key.accessKeyId,
        secretFile: `/run/secrets/${name}`,
        bearerSha256: hash('sha256', key.bearerKey),
        ...(models.length > 0 && { models }),
      },
    ]);
  });

  it('omits the models if all may be called', () => {
    const { clients } = linesForTheFile(describeKey(newKey('team-a', [])));
    expect(clients).toEqual([expect.not.objectContaining({ models: expect.anything() as unknown })]);
  });

  it('prints no secret in the lines for the file', () => {
    const key = newKey('team-a', []);
    const lines = JSON.stringify(linesForTheFile(describeKey(key)));
    expect(lines).not.toContain(key.secret);
    expect(lines).not.toContain(key.bearerKey);
  });

  it('prints the settings of the client', () => {
    const key = newKey('team-a', []);
    expect(describeKey(key).split('\n')).toEqual(
      expect.arrayContaining([
        `AWS_ACCESS_KEY_ID=${key.accessKeyId}`,
        `AWS_SECRET_ACCESS_KEY=${key.secret}`,
        `AWS_BEARER_TOKEN_BEDROCK=${key.bearerKey}`,
      ]),
    );
  });
});
