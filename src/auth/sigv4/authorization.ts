const ALGORITHM = 'AWS4-HMAC-SHA256';
const TERMINATOR = 'aws4_request';
const SIGNATURE = /^[0-9a-f]{64}$/;

/** Day, region and service that a signing key is derived for. */
export interface CredentialScope {
  /** `yyyymmdd`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/** What a signature claims, wherever it stood: a header, or the query of a presigned URL. */
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
 * `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…` → what it claims, or undefined when malformed.
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

/** The three fields → what they claim, or undefined when one is missing or malformed. */
export function parseClaim({
  credential,
  signedHeaders,
  signature,
}: ClaimFields): SignatureClaim | undefined {
  if (credential === undefined || signedHeaders === undefined || signature === undefined) return undefined;
  // from the right: an access key id may hold a slash
  const parts = credential.split('/');
  const [day, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join('/');
  const names = signedHeaders.split(';');
  if (accessKeyId === '' || !day || !region || !service || terminator !== TERMINATOR) return undefined;
  if (!SIGNATURE.test(signature) || !isStrictlyAscending(names)) return undefined;
  return { accessKeyId, scope: { day, region, service }, signedHeaders: names, signature };
}

/** Sorted, lower case, and each once: any other order is not what a signer produces. */
function isStrictlyAscending(names: readonly string[]): boolean {
  return names.every((name, index) => {
    const before = names[index - 1];
    return name !== '' && name === name.toLowerCase() && (before === undefined || before < name);
  });
}
