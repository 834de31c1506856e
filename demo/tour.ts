import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
  type ConverseStreamMetadataEvent,
  type Message,
  type MessageStopEvent,
  type ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime';
import { failure, say, show, title } from './screen.ts';

export interface TourOptions {
  readonly proxyUrl: string;
  readonly modelId: string;
  /** The last request that the upstream got; undefined if it is not visible. */
  readonly upstreamGot: () => unknown;
}

interface Tour extends TourOptions {
  /** The official SDK with its defaults: over HTTP/2. */
  readonly client: BedrockRuntimeClient;
}

type Request = Omit<ConverseCommandInput, 'modelId'>;

const WEATHER: ToolConfiguration = {
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

const STOPS: readonly [name: string, stop: (tour: Tour) => Promise<void>][] = [
  ['1. A plain question', askPlainly],
  ['2. A tool call', callTool],
  ['3. A streamed answer', stream],
  ["4. Anthropic's SDK, which calls InvokeModel", invoke],
];

/** Shows four exchanges through the proxy. Resolves to the number of failed ones. */
export async function takeTour(options: TourOptions): Promise<number> {
  const client = new BedrockRuntimeClient({
    endpoint: options.proxyUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  let failures = 0;
  for (const [name, stop] of STOPS) {
    title(name);
    await stop({ ...options, client }).catch((error: unknown) => {
      failures += 1;
      failure(error);
    });
  }
  client.destroy();
  return failures;
}

async function askPlainly(tour: Tour): Promise<void> {
  await converse(tour, {
    system: [{ text: 'Answer in one sentence.' }],
    messages: [user('What is the capital of France?')],
    inferenceConfig: { maxTokens: 200, temperature: 0.2 },
  });
}

async function callTool(tour: Tour): Promise<void> {
  const messages = [user('What is the weather in Paris?')];
  const { output } = await converse(tour, { messages, toolConfig: WEATHER });
  const toolUse = output?.message?.content?.find((block) => block.toolUse)?.toolUse;
  if (!output?.message || !toolUse) return say('\n  The model answered without calling the tool.');
  const { toolUseId } = toolUse;
  const content = [{ json: { celsius: 21, sky: 'clear' } }];
  messages.push(output.message, { role: 'user', content: [{ toolResult: { toolUseId, content } }] });
  await converse(tour, { messages, toolConfig: WEATHER });
}

async function converse(tour: Tour, request: Request): Promise<ConverseCommandOutput> {
  show(`The client sends: POST /model/${tour.modelId}/converse`, request);
  const response = await tour.client.send(new ConverseCommand({ modelId: tour.modelId, ...request }));
  showUpstreamRequest(tour);
  const { output, stopReason, usage, metrics } = response;
  show('The client gets', { output, stopReason, usage, metrics });
  return response;
}

async function stream(tour: Tour): Promise<void> {
  const request: Request = { messages: [user('Please count from one to five.')] };
  show(`The client sends: POST /model/${tour.modelId}/converse-stream`, request);
  const response = await tour.client.send(new ConverseStreamCommand({ modelId: tour.modelId, ...request }));
  showUpstreamRequest(tour);
  process.stdout.write('\n  The client gets, as it comes\n    ');
  const ending: Partial<MessageStopEvent & ConverseStreamMetadataEvent> = {};
  for await (const event of response.stream ?? []) {
    process.stdout.write(event.contentBlockDelta?.delta?.text ?? '');
    Object.assign(ending, event.messageStop, event.metadata);
  }
  show('and at its end', ending);
}

async function invoke({ proxyUrl, modelId, ...tour }: Tour): Promise<void> {
  const client = new AnthropicBedrock({
    baseURL: proxyUrl,
    awsRegion: 'us-east-1',
    awsAccessKey: 'any',
    awsSecretKey: 'any',
  });
  const request = {
    max_tokens: 200,
    messages: [{ role: 'user' as const, content: 'What is the capital of France?' }],
  };
  show(`The client sends: POST /model/${modelId}/invoke`, request);
  const { content, stop_reason, usage } = await client.messages.create({ model: modelId, ...request });
  showUpstreamRequest(tour);
  const { input_tokens, output_tokens } = usage;
  show('The client gets', { content, stop_reason, usage: { input_tokens, output_tokens } });
}

function showUpstreamRequest({ upstreamGot }: Pick<Tour, 'upstreamGot'>): void {
  const params = upstreamGot();
  if (params) show('The upstream gets: POST /v1/chat/completions', params);
}

function user(text: string): Message {
  return { role: 'user', content: [{ text }] };
}
