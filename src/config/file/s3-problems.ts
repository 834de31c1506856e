import type { ConfigFileDto } from './config-file.dto.js';
import type { S3Dto } from './s3.dto.js';

/** What credentials consist of. Each has a key that ends in `Env` and one that ends in `File`. */
export const S3_SECRETS = ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const;

const REQUIRED_SECRETS = ['accessKeyId', 'secretAccessKey'] as const;

/** Errors of `s3` and of the clients that may read from it: one line each, with its path. */
export function s3Problems({ s3, clients }: Pick<ConfigFileDto, 's3' | 'clients'>): string[] {
  const buckets = s3?.buckets ?? [];
  const ofClients = (clients ?? []).flatMap(({ s3: readable }, client) =>
    (readable ?? []).flatMap((entry, index) =>
      isWithin(entry, buckets) ? [] : [`clients.${client}.s3.${index}: lies in none of s3.buckets`],
    ),
  );
  return [...(s3 == null ? [] : credentialProblems(s3)), ...ofClients];
}

function credentialProblems(s3: S3Dto): string[] {
  const given = S3_SECRETS.filter((name) => isGiven(s3, name));
  if (s3.credentials === 'chain') {
    return given.length === 0 ? [] : [`s3.credentials: chain excludes ${given.join(', ')}`];
  }
  return [
    ...S3_SECRETS.filter((name) => s3[`${name}Env`] != null && s3[`${name}File`] != null).map(
      (name) => `s3: ${name}Env and ${name}File exclude each other`,
    ),
    ...REQUIRED_SECRETS.filter((name) => !given.includes(name)).map(
      (name) => `s3: ${name}Env or ${name}File is missing; with credentials: chain neither is needed`,
    ),
  ];
}

function isGiven(s3: S3Dto, name: (typeof S3_SECRETS)[number]): boolean {
  return s3[`${name}Env`] != null || s3[`${name}File`] != null;
}

/** An entry is a bucket, or a bucket with a prefix that ends with a slash. */
function isWithin(entry: string, buckets: readonly string[]): boolean {
  return buckets.some((bucket) => entry === bucket || entry.startsWith(bucket.replace(/\/?$/, '/')));
}
