/** Placeholders: an ARN needs a region and an account, and the proxy has neither. */
const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

export function foundationModelArn(modelId: string): string {
  return `arn:aws:bedrock:${REGION}::foundation-model/${modelId}`;
}

export function inferenceProfileArn(profileId: string): string {
  return `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/${profileId}`;
}

export function promptArn(id: string): string {
  return `arn:aws:bedrock:${REGION}:${ACCOUNT}:prompt/${id}`;
}
