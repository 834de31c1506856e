import type { S3Settings } from '../s3.js';
import type { S3Dto } from './s3.dto.js';
import type { S3_SECRETS } from './s3-problems.js';

const TIMEOUT_MS = 30_000;
const MAX_OBJECTS = 100;

/** The object store of a validated file, with the secrets that it refers to. */
export function toS3(s3: S3Dto, secrets: ReadonlyMap<string, string>): S3Settings {
  const secretOf = (name: (typeof S3_SECRETS)[number]): string | undefined =>
    secrets.get(`s3.${name}Env`) ?? secrets.get(`s3.${name}File`);
  const [accessKeyId, secretAccessKey] = [secretOf('accessKeyId'), secretOf('secretAccessKey')];
  const sessionToken = secretOf('sessionToken');
  return {
    endpoint: s3.endpoint,
    region: s3.region,
    buckets: s3.buckets,
    timeoutMs: s3.timeoutMs ?? TIMEOUT_MS,
    maxObjects: s3.maxObjects ?? MAX_OBJECTS,
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
      }),
  };
}
