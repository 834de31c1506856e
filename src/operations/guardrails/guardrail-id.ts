const ARN = /^arn:[^:]*:bedrock:[^:]*:[^:]*:guardrail\/(?<id>[a-z0-9]+)$/;

/** Placeholders: an ARN needs a region and an account, and the proxy has neither. */
const ARN_PREFIX = 'arn:aws:bedrock:us-east-1:000000000000:guardrail/';

/** Id or ARN of a guardrail → its id. */
export function guardrailId(identifier: string): string {
  return ARN.exec(identifier)?.groups?.['id'] ?? identifier;
}

export function guardrailArn(id: string): string {
  return ARN_PREFIX + id;
}
