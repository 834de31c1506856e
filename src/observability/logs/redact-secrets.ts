/** Forms of keys and signatures: of this proxy, of AWS, and of upstreams. */
const SECRETS: readonly RegExp[] = [
  /\b(?:bearer|basic)\s+[^\s"',;]+/gi,
  /\bAWS4-HMAC-SHA256\b[^\n]*/g,
  /\bX-Amz-(?:Signature|Credential|Security-Token)[=:][^&\s"']+/gi,
  /\b(?:brp|sk|gsk|xai|hf|nvapi)[-_][\w-]{4,}/g,
  /\b(?:AKIA|ASIA|AIza|eyJ)[\w.+/=-]{8,}/g,
  /\bbedrock-api-key-[\w+/=-]+/g,
  /\b[0-9a-f]{40,}\b/gi,
];
/** User and password of a URL. Without a lookbehind, which V8 tries at every character. */
const URL_CREDENTIALS = /:\/\/[^\s/@]+@/g;

/** Replaces what looks like a key or a signature by `[redacted]`. */
export function redactSecrets(text: string): string {
  const redacted = SECRETS.reduce((kept, secret) => kept.replace(secret, '[redacted]'), text);
  return redacted.replace(URL_CREDENTIALS, '://[redacted]');
}
