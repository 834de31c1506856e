/** Nothing runs in a region or an account here, and an ARN needs both. */
const REGION = 'us-east-1';
const ACCOUNT = '000000000000';
const ARN = /^arn:[^:]*:bedrock:[^:]*:[^:]*:(?<type>[a-z-]+)\/(?<id>.+)$/;

/** What an ARN of the service names. */
export interface ArnResource {
  /** `foundation-model`, `inference-profile`, `application-inference-profile`, … */
  readonly type: string;
  readonly id: string;
}

/** Undefined for what is no ARN of the service. */
export function parseModelArn(arn: string): ArnResource | undefined {
  const { type, id } = ARN.exec(arn)?.groups ?? {};
  return type === undefined || id === undefined ? undefined : { type, id };
}

export function foundationModelArn(modelId: string): string {
  return `arn:aws:bedrock:${REGION}::foundation-model/${modelId}`;
}

export function inferenceProfileArn(profileId: string): string {
  return `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/${profileId}`;
}
