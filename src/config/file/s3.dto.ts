import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
} from 'class-validator';

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** A bucket, or a bucket with a prefix that ends with a slash. No key that may be read has a segment `.` or `..`. */
export const READABLE = /^[a-z0-9][.a-z0-9-]{1,61}[a-z0-9](?:\/(?!(?:.*\/)?\.{1,2}\/).+\/)?$/;
export const NO_READABLE = 'must be a bucket, or a bucket with a prefix of keys: "bucket/prefix/"';

const VARIABLE = /^[A-Za-z_]\w*$/;
const NO_VARIABLE = { message: 'must be the name of an environment variable' };

/** The object store from which `s3Location` is read. */
export class S3Dto {
  /** Base URL of the server. Buckets are part of the path: `{endpoint}/{bucket}/{key}`. */
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'must be an http or https URL, without a user or password' },
  )
  endpoint!: string;

  /** The region that requests are signed for. */
  @Matches(/^[a-z0-9-]{1,64}$/, { message: 'must be 1 to 64 lower-case letters, digits and -' })
  region!: string;

  /** What may be read: buckets (`media`), or their keys below a prefix (`media/uploads/`). */
  @IsArray()
  @ArrayNotEmpty()
  @Matches(READABLE, { each: true, message: NO_READABLE })
  buckets!: string[];

  /** Only `chain`: credentials are looked up as AWS's SDKs do. Default: the keys below. */
  @IsOptional()
  @IsIn(['chain'])
  credentials?: 'chain';

  /** Name of the environment variable that holds the access key id. */
  @IsOptional()
  @Matches(VARIABLE, NO_VARIABLE)
  accessKeyIdEnv?: string;

  /** File that holds the access key id. A relative path starts at the configuration file's directory. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  accessKeyIdFile?: string;

  /** Name of the environment variable that holds the secret access key. */
  @IsOptional()
  @Matches(VARIABLE, NO_VARIABLE)
  secretAccessKeyEnv?: string;

  /** File that holds the secret access key. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  secretAccessKeyFile?: string;

  /** Name of the environment variable that holds the session token of temporary credentials. */
  @IsOptional()
  @Matches(VARIABLE, NO_VARIABLE)
  sessionTokenEnv?: string;

  /** File that holds the session token of temporary credentials. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  sessionTokenFile?: string;

  /** Longest time to read all objects of one request, in milliseconds. Default: 30000. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  timeoutMs?: number;

  /** Most objects that one request may refer to. Default: 100. */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxObjects?: number;
}
