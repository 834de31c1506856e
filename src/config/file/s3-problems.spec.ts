import { EnvironmentVariables } from '../environment-variables.js';
import { TemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { UPSTREAM_DEFAULTS } from '../../../test/support/upstream-defaults.js';
import type { Configuration } from '../configuration.js';
import { warningsAbout } from './config-warnings.js';
import { ConfigFileError } from './config-file.error.js';
import { loadConfigFile } from './load-config-file.js';
import { ReadFiles } from './read-files.js';

const STORE = {
  endpoint: 'http://minio:9000',
  region: 'us-east-1',
  buckets: ['media/uploads/', 'documents'],
};
const KEYS = { accessKeyIdEnv: 'ID', secretAccessKeyFile: 'secret' };
const CLIENT = { name: 'a', bearerSha256: 'ab'.repeat(32) };

/** The configuration, or the problems of the file. */
async function load(members: object): Promise<Configuration | readonly string[]> {
  using directory = new TemporaryDirectory();
  directory.write('secret', 'wJalr/K7MDENG\n');
  const file = {
    upstreams: { a: { baseUrl: 'http://a' } },
    models: [{ match: '*', route: [{ upstream: 'a' }] }],
    ...members,
  };
  const path = directory.write('config.yaml', JSON.stringify(file));
  const variables = new EnvironmentVariables({ ID: 'AKID', BROKEN: 'a b' });
  try {
    return await loadConfigFile({ path, defaults: UPSTREAM_DEFAULTS, variables }, new ReadFiles());
  } catch (error) {
    if (error instanceof ConfigFileError) return error.problems;
    throw error;
  }
}

describe('s3 in a configuration file', () => {
  it('has credentials from the environment and files', async () => {
    expect(await load({ s3: { ...STORE, ...KEYS, sessionTokenEnv: 'ID' } })).toMatchObject({
      s3: {
        ...STORE,
        credentials: { accessKeyId: 'AKID', secretAccessKey: 'wJalr/K7MDENG', sessionToken: 'AKID' },
        timeoutMs: 30_000,
        maxObjects: 100,
      },
    });
  });

  it('has no credentials of its own with the chain', async () => {
    const { s3 } = (await load({
      s3: { ...STORE, credentials: 'chain', timeoutMs: 5, maxObjects: 1 },
    })) as Configuration;
    expect(s3).toEqual({ ...STORE, timeoutMs: 5, maxObjects: 1 });
  });

  it('may be read by clients', async () => {
    const clients = [{ ...CLIENT, s3: ['documents', 'media/uploads/', 'media/uploads/a/', 'documents/b/'] }];
    expect(await load({ s3: { ...STORE, ...KEYS }, clients })).toMatchObject({ clients });
  });

  it.each<[s3: object, ...problems: string[]]>([
    [
      {},
      's3: accessKeyIdEnv or accessKeyIdFile is missing; with credentials: chain neither is needed',
      's3: secretAccessKeyEnv or secretAccessKeyFile is missing; with credentials: chain neither is needed',
    ],
    [
      { accessKeyIdEnv: 'ID' },
      's3: secretAccessKeyEnv or secretAccessKeyFile is missing; with credentials: chain neither is needed',
    ],
    [{ ...KEYS, accessKeyIdFile: 'secret' }, 's3: accessKeyIdEnv and accessKeyIdFile exclude each other'],
    [{ ...KEYS, credentials: 'chain' }, 's3.credentials: chain excludes accessKeyId, secretAccessKey'],
    [{ credentials: 'chain', sessionTokenEnv: 'ID' }, 's3.credentials: chain excludes sessionToken'],
    [{ ...KEYS, credentials: 'static' }, 's3.credentials: must be one of the following values: chain'],
    [{ ...KEYS, accessKeyIdEnv: 'NONE' }, 's3.accessKeyIdEnv: the variable is not set, or empty'],
    [{ ...KEYS, accessKeyIdEnv: 'BROKEN' }, 's3.accessKeyIdEnv: holds characters that no such secret has'],
    [{ ...KEYS, secretAccessKeyFile: 'none' }, 's3.secretAccessKeyFile: cannot be read (ENOENT)'],
    [{ ...KEYS, accessKeyIdEnv: 'a-b' }, 's3.accessKeyIdEnv: must be the name of an environment variable'],
    [
      { ...KEYS, endpoint: 'minio:9000' },
      's3.endpoint: must be an http or https URL, without a user or password',
    ],
    [
      { ...KEYS, endpoint: 'http://user:password@minio' },
      's3.endpoint: must be an http or https URL, without a user or password',
    ],
    [{ ...KEYS, region: 'US East' }, 's3.region: must be 1 to 64 lower-case letters, digits and -'],
    [{ ...KEYS, timeoutMs: 0 }, 's3.timeoutMs: must not be less than 1'],
    [{ ...KEYS, maxObjects: 0.5 }, 's3.maxObjects: must be an integer number'],
    [{ ...KEYS, buckets: [] }, 's3.buckets: should not be empty'],
    [{ ...KEYS, bucket: 'media' }, 's3.bucket: is not a key that is known here'],
  ])('is invalid: %j', async (s3, ...problems) => {
    expect(await load({ s3: { ...STORE, ...s3 } })).toEqual(problems);
  });

  it.each([
    '*',
    'Media',
    'me',
    's3://media',
    'media/',
    'media/a',
    'media/../',
    'media/./',
    'media/a/../b/',
    '/media',
  ])('has no bucket "%s"', async (bucket) => {
    const reason = 'must be a bucket, or a bucket with a prefix of keys: "bucket/prefix/"';
    const s3 = { ...STORE, ...KEYS };
    expect(await load({ s3: { ...s3, buckets: [bucket] } })).toEqual([`s3.buckets: ${reason}`]);
    expect(await load({ s3, clients: [{ ...CLIENT, s3: [bucket] }] })).toEqual([`clients.0.s3: ${reason}`]);
  });

  it.each(['media', 'media/uploads-2/', 'media/private/', 'other', 'documents-2'])(
    'lets no client read what the proxy may not: %s',
    async (entry) => {
      const clients = [{ ...CLIENT, s3: ['documents', entry] }];
      expect(await load({ s3: { ...STORE, ...KEYS }, clients })).toEqual([
        'clients.0.s3.1: lies in none of s3.buckets',
      ]);
    },
  );

  it('is missing where a client may read', async () => {
    expect(await load({ clients: [{ ...CLIENT, s3: ['documents'] }] })).toEqual([
      'clients.0.s3.0: lies in none of s3.buckets',
    ]);
  });

  it.each([
    [undefined, []],
    [[CLIENT], ['s3: no client may read from it, clients.*.s3 is missing']],
    [[{ ...CLIENT, s3: ['documents'] }], []],
  ])('is warned about when nobody may read: %j', async (clients, warnings) => {
    const configuration = (await load({ s3: { ...STORE, ...KEYS }, clients })) as Configuration;
    expect(warningsAbout(configuration)).toEqual(warnings);
  });
});
