import type { RoutedFile } from './routed-service.js';

const ACCOUNT = 'arn:aws:bedrock:eu-west-1:123456789012';

/** The ARN of a prompt, of any region and account. */
export function promptArn(name: string): string {
  return `${ACCOUNT}:prompt/${name}`;
}

interface TextPrompt {
  readonly id: string;
  readonly version?: string;
  readonly text: string;
  readonly modelId?: string;
  readonly variant?: object;
}

/** A prompt of one text, as the file has it. */
export function textPrompt({ id, version, text, modelId = 'test.model', variant }: TextPrompt): object {
  return {
    id,
    name: `name-of-${id}`,
    ...(version !== undefined && { version }),
    variants: [
      {
        name: 'main',
        templateType: 'TEXT',
        templateConfiguration: { text: { text } },
        modelId,
        ...variant,
      },
    ],
  };
}

/** A draft and two versions of one prompt, and a chat. */
export const PLAYLIST = 'PLAYLIST01';
export const CHAT = 'CHATPROMPT';

export const CHAT_PROMPT = {
  id: CHAT,
  name: 'weather',
  description: 'Tells the weather',
  version: '3',
  defaultVariant: 'main',
  arn: promptArn(`${CHAT}:3`),
  createdAt: '2025-01-31T12:00:00Z',
  updatedAt: '2025-02-01T12:00:00.500000+00:00',
  variants: [
    {
      name: 'main',
      templateType: 'CHAT',
      modelId: 'test.model',
      templateConfiguration: {
        chat: {
          system: [{ text: 'You speak {{language}}.' }],
          messages: [
            { role: 'user', content: [{ text: 'Weather in {{city}}?' }] },
            { role: 'assistant', content: [{ text: 'Celsius?' }] },
          ],
          inputVariables: [{ name: 'city' }, { name: 'language' }],
          toolConfiguration: {
            tools: [
              {
                toolSpec: {
                  name: 'forecast',
                  description: 'Looks it up',
                  inputSchema: {
                    json: { type: 'object', properties: { city: { type: ['string', 'null'] } } },
                  },
                },
              },
            ],
            toolChoice: { auto: {} },
          },
        },
      },
      inferenceConfiguration: { text: { maxTokens: 300, temperature: 0.5, stopSequences: ['END'] } },
      additionalModelRequestFields: { top_k: 5, nothing: null },
      metadata: [{ key: 'owner', value: 'team' }],
    },
  ],
};

export const PROMPTED_FILE: RoutedFile = {
  upstreams: { model: {} },
  models: [{ match: '*', route: [{ upstream: 'model', model: 'm' }] }],
  prompts: [
    textPrompt({
      id: PLAYLIST,
      version: '2',
      text: 'Make me a {{genre}} playlist of {{number}} songs.',
      variant: { inferenceConfiguration: { text: { maxTokens: 100 } } },
    }),
    textPrompt({ id: PLAYLIST, version: '10', text: 'Ten: {{genre}} and {{genre}} again' }),
    textPrompt({ id: PLAYLIST, text: 'Draft: {{genre}}' }),
    CHAT_PROMPT,
    textPrompt({ id: 'NOVARIABLE', text: 'Hello' }),
  ],
};
