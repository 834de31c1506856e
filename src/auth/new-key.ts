import { hash, randomBytes } from 'node:crypto';

/** 80 bits; with the prefix as long as AWS's own access key ids. */
const ID_CHARACTERS = 16;
const ID_PREFIX = 'BRPK';
/** RFC 4648: no two of them look alike in capitals. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** 30 bytes are 40 characters of base64url: the length of AWS's own secrets. */
const SECRET_BYTES = 30;
const BEARER_BYTES = 32;
/** Safe as the name of a file. */
const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** What a client proves itself by. Only its digest and the secret file stay with the service. */
export interface NewKey {
  readonly name: string;
  /** Globs on model ids; none: all. */
  readonly models: readonly string[];
  readonly accessKeyId: string;
  /** 40 characters. */
  readonly secret: string;
  /** `brp_<accessKeyId>_<43 characters>`. */
  readonly bearerKey: string;
}

/** @throws Error for a name that could not name a file */
export function newKey(name: string, models: readonly string[]): NewKey {
  if (!NAME.test(name)) throw new Error('A name is 1 to 64 letters, digits, ".", "_" and "-"');
  const accessKeyId = ID_PREFIX + randomId();
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const bearerKey = `brp_${accessKeyId}_${randomBytes(BEARER_BYTES).toString('base64url')}`;
  return { name, models, accessKeyId, secret, bearerKey };
}

/** What is printed once: the keys, and what to write where. The lines under `clients:` are YAML. */
export function describeKey({ name, models, accessKeyId, secret, bearerKey }: NewKey): string {
  const secretFile = `/run/secrets/${name}`;
  // quoted: a digest may read as a number, and a name as true
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

/** Each byte's lowest five bits, as a character. */
function randomId(): string {
  return Array.from(randomBytes(ID_CHARACTERS), (byte) => BASE32[byte % BASE32.length]).join('');
}
