const ALGORITHM = 'AWS4-HMAC-SHA256';
const TERMINATOR = 'aws4_request';
const SIGNATURE = /^[0-9a-f]{64}$/;

/** The day, region and service of a signing key. */
export interface CredentialScope {
  /** `yyyymmdd`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/** The claims of a signature, from the Authorization header or the query of a presigned URL. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** Lower-case names, in the order of the canonical request. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

export interface ClaimFields {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
}

export function isSigV4(authorization: string): boolean {
  return authorization.startsWith(`${ALGORITHM} `);
}

/**
 * `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…` → its claims, or undefined when malformed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html#add-signature-to-request
 */
export function parseAuthorization(authorization: string): SignatureClaim | undefined {
  const fields = new Map<string, string>();
  for (const part of authorization.slice(ALGORITHM.length).split(',')) {
    const [name = '', ...value] = part.trim().split('=');
    if (fields.has(name)) return undefined;
    fields.set(name, value.join('='));
  }
  return parseClaim({
    credential: fields.get('Credential'),
    signedHeaders: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
  });
}

/** The three fields of a signature → its claims, or undefined when a field is missing or malformed. */
export function parseClaim({
  credential,
  signedHeaders,
  signature,
}: ClaimFields): SignatureClaim | undefined {
  if (credential === undefined || signedHeaders === undefined || signature === undefined) return undefined;
  // split from the right, because an access key id may contain a slash
  const parts = credential.split('/');
  const [day, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join('/');
  const names = signedHeaders.split(';');
  if (accessKeyId === '' || !day || !region || !service || terminator !== TERMINATOR) return undefined;
  if (!SIGNATURE.test(signature) || !isStrictlyAscending(names)) return undefined;
  return { accessKeyId, scope: { day, region, service }, signedHeaders: names, signature };
}

/** Signers send the header names sorted, in lower case, without repetition. */
function isStrictlyAscending(names: readonly string[]): boolean {
  return names.every((name, index) => {
    const before = names[index - 1];
    return name !== '' && name === name.toLowerCase() && (before === undefined || before < name);
  });
}
