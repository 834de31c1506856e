/** A request to begin with. `MODEL` is replaced by the model id of the form. */
export interface Example {
  readonly name: string;
  readonly path: string;
  /** Undefined for a GET. */
  readonly body?: object;
}

const messages = [{ role: 'user', content: [{ text: 'What is the capital of France?' }] }];
const toolConfig = {
  tools: [
    {
      toolSpec: {
        name: 'get_weather',
        description: 'The weather in a city, now',
        inputSchema: {
          json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      },
    },
  ],
};

export const EXAMPLES: readonly Example[] = [
  {
    name: 'Converse',
    path: '/model/MODEL/converse',
    body: {
      system: [{ text: 'Be brief.' }],
      messages,
      inferenceConfig: { maxTokens: 200, temperature: 0.2 },
    },
  },
  {
    name: 'Converse with a tool',
    path: '/model/MODEL/converse',
    body: { messages: [{ role: 'user', content: [{ text: 'What is the weather in Paris?' }] }], toolConfig },
  },
  { name: 'ConverseStream', path: '/model/MODEL/converse-stream', body: { messages } },
  { name: 'CountTokens', path: '/model/MODEL/count-tokens', body: { input: { converse: { messages } } } },
  {
    name: 'InvokeModel, Anthropic',
    path: '/model/MODEL/invoke',
    body: {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 200,
      messages: [{ role: 'user', content: 'What is the capital of France?' }],
    },
  },
  {
    name: 'InvokeModelWithResponseStream, Nova',
    path: '/model/MODEL/invoke-with-response-stream',
    body: { schemaVersion: 'messages-v1', messages, inferenceConfig: { maxTokens: 200 } },
  },
  { name: 'InvokeModel, embeddings', path: '/model/MODEL/invoke', body: { inputText: 'Hello' } },
  { name: 'ListFoundationModels', path: '/foundation-models' },
  { name: 'ListInferenceProfiles', path: '/inference-profiles' },
];
