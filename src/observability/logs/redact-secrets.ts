/** What keys and signatures look like, of this proxy, of AWS, and of the servers behind. */
const SECRETS: readonly RegExp[] = [
  /\b(?:bearer|basic)\s+[^\s"',;]+/gi,
  /\bAWS4-HMAC-SHA256\b[^\n]*/g,
  /\bX-Amz-(?:Signature|Credential|Security-Token)[=:][^&\s"']+/gi,
  /\b(?:brp|sk|gsk|xai|hf|nvapi)[-_][\w-]{4,}/g,
  /\b(?:AKIA|ASIA|AIza|eyJ)[\w.+/=-]{8,}/g,
  /\bbedrock-api-key-[\w+/=-]+/g,
  /\b[0-9a-f]{40,}\b/gi,
  // a URL's user and password
  /(?<=:\/\/)[^\s/@]+@/g,
];

/** A text for the log → without what looks like a key or a signature. */
export function redactSecrets(text: string): string {
  return SECRETS.reduce((kept, secret) => kept.replace(secret, '[redacted]'), text);
}
