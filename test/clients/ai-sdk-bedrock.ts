import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';

/** The AI SDK's provider, as applications create it. */
export function aiSdkBedrock(url: string): ReturnType<typeof createAmazonBedrock> {
  return createAmazonBedrock({
    baseURL: url,
    region: 'us-east-1',
    accessKeyId: 'any',
    secretAccessKey: 'any',
  });
}
