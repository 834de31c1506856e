import { AnthropicBedrock, AnthropicBedrockMantle } from '@anthropic-ai/bedrock-sdk';
import { Anthropic } from '@anthropic-ai/sdk';
import { AnthropicBedrock as OlderAnthropicBedrock } from 'bedrock-sdk-0';

/** What the tests use of every client of Anthropic's. */
export interface MessagesClient {
  readonly messages: Pick<Anthropic['messages'], 'create' | 'stream'>;
}

interface ClientOptions {
  readonly maxRetries?: number;
}

/** One of Anthropic's clients, and how it hears of a stream that breaks. */
export interface AnthropicClientCase {
  readonly name: string;
  readonly create: (url: string, options?: ClientOptions) => MessagesClient;
  /** Whether it speaks Anthropic's own API, which has errors of its own. */
  readonly hasOwnErrors: boolean;
}

const CREDENTIALS = { awsRegion: 'us-east-1', awsAccessKey: 'any', awsSecretKey: 'any' } as const;

export const BEDROCK_CLIENTS: readonly AnthropicClientCase[] = [
  {
    name: 'AnthropicBedrock',
    create: (baseURL, options) => new AnthropicBedrock({ baseURL, ...CREDENTIALS, ...options }),
    hasOwnErrors: false,
  },
  {
    name: 'AnthropicBedrock of the versions before 1',
    // its types are another package's, and have the members that the tests use
    create: (baseURL, options) =>
      new OlderAnthropicBedrock({ baseURL, ...CREDENTIALS, ...options }) as unknown as MessagesClient,
    hasOwnErrors: false,
  },
];

export const MESSAGES_CLIENTS: readonly AnthropicClientCase[] = [
  {
    name: 'Anthropic',
    create: (baseURL, options) => new Anthropic({ baseURL, apiKey: 'any', ...options }),
    hasOwnErrors: true,
  },
  {
    name: 'AnthropicBedrockMantle',
    create: (baseURL, options) =>
      new AnthropicBedrockMantle({
        baseURL: `${baseURL}/anthropic`,
        awsRegion: 'us-east-1',
        awsAccessKey: 'any',
        awsSecretAccessKey: 'any',
        ...options,
      }),
    hasOwnErrors: true,
  },
];
