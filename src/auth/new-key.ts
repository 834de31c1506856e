import { hash, randomBytes } from 'node:crypto';

/** 80 bits. With the prefix, an id is as long as AWS's access key ids. */
const ID_CHARACTERS = 16;
const ID_PREFIX = 'BRPK';
/** RFC 4648: the characters are easy to tell apart. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** 30 bytes are 40 characters of base64url, the length of AWS's secrets. */
const SECRET_BYTES = 30;
const BEARER_BYTES = 32;
/** Safe as a file name. */
const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** The new credentials of a client. The service keeps only the digest of the bearer key and the secret file. */
export interface NewKey {
  readonly name: string;
  /** Globs on model ids. Empty: all models. */
  readonly models: readonly string[];
  readonly accessKeyId: string;
  /** 40 characters. */
  readonly secret: string;
  /** `brp_<accessKeyId>_<43 characters>`. */
  readonly bearerKey: string;
}

/** @throws Error for a name that is not a safe file name */
export function newKey(name: string, models: readonly string[]): NewKey {
  if (!NAME.test(name)) throw new Error('A name is 1 to 64 letters, digits, ".", "_" and "-"');
  const accessKeyId = ID_PREFIX + randomId();
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const bearerKey = `brp_${accessKeyId}_${randomBytes(BEARER_BYTES).toString('base64url')}`;
  return { name, models, accessKeyId, secret, bearerKey };
}

/** The text to print once: the credentials, and the lines for `clients:` of the configuration file, in YAML. */
export function describeKey({ name, models, accessKeyId, secret, bearerKey }: NewKey): string {
  const secretFile = `/run/secrets/${name}`;
  // quoted, because YAML may read a digest as a number and a name as a boolean
  const lines = [
    `- name: ${JSON.stringify(name)}`,
    `  accessKeyId: ${accessKeyId}`,
    `  secretFile: ${JSON.stringify(secretFile)}`,
    `  bearerSha256: ${JSON.stringify(hash('sha256', bearerKey))}`,
    ...(models.length > 0 ? [`  models: ${JSON.stringify(models)}`] : []),
  ];
  return `For the client, shown this once:

AWS_ACCESS_KEY_ID=${accessKeyId}
AWS_SECRET_ACCESS_KEY=${secret}

or, in place of both:

AWS_BEARER_TOKEN_BEDROCK=${bearerKey}

For the service: write the secret, ${secret}, to ${secretFile}, and to CONFIG_FILE:

clients:
${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Random Base32 characters: the lowest five bits of each byte choose one. */
function randomId(): string {
  return Array.from(randomBytes(ID_CHARACTERS), (byte) => BASE32[byte % BASE32.length]).join('');
}
