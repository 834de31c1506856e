import {
  ConverseCommand,
  ConverseStreamCommand,
  type BedrockRuntimeClient,
  type ConverseStreamCommandInput,
  type ConverseStreamOutput,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { ChatBedrockConverse } from '@langchain/aws';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { generateText, isStepCount, jsonSchema, streamText, tool } from 'ai';
import {
  chunk,
  completion,
  ending,
  inTurn,
  textChunks,
  textCompletion,
  toToolCall,
} from '../support/answers.js';
import { answerChunks, answerJson } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { aiSdkBedrock } from './ai-sdk-bedrock.js';
import { bedrockClient } from './bedrock-client.js';
import { messageOf } from './streamed-message.js';
import { PARIS, WEATHER_SCHEMA, WEATHER_TOOLS } from './weather.js';

const QUESTION = 'How warm is Paris?';
const REASONING = 'I should look.';

async function streamed(
  client: BedrockRuntimeClient,
  request: ConverseStreamCommandInput,
): Promise<ConverseStreamOutput[]> {
  const { stream } = await client.send(new ConverseStreamCommand(request));
  return Array.fromAsync(stream ?? []);
}

const ENCRYPTED = { reasoning_details: [{ type: 'reasoning.encrypted', data: 'AQID', id: 'r1', index: 0 }] };

/**
 * Servers whose models need their reasoning back while they call tools: the dialect, and the form of the
 * reasoning.
 */
describe.each([
  [
    'deepseek',
    { reasoning_content: REASONING },
    [{ reasoning_content: 'I should ' }, { reasoning_content: 'look.' }],
  ],
  // encrypted, without a text
  ['openrouter', ENCRYPTED, [ENCRYPTED]],
])('Reasoning is sent back to the upstream: %s', (dialect, reasoning, deltas) => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start({ OPENAI_DIALECT: dialect });
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());
  afterEach(() =>
    expect(service.upstreamRequests.at(-1)).toMatchObject({
      messages: [
        { role: 'user', content: QUESTION },
        { role: 'assistant', ...reasoning, tool_calls: [toToolCall(PARIS)] },
        { role: 'tool', tool_call_id: PARIS.id, content: '20 °C' },
      ],
    }),
  );

  const answerWhole = () =>
    service.upstream.answerWith(
      inTurn(
        answerJson(completion({ ...reasoning, tool_calls: [toToolCall(PARIS)] }, 'tool_calls')),
        answerJson(textCompletion('Warm.')),
      ),
    );
  const answerStreamed = () =>
    service.upstream.answerWith(
      inTurn(
        answerChunks([
          ...deltas.map((delta) => chunk({ role: 'assistant', ...delta })),
          chunk({ tool_calls: [{ index: 0, ...toToolCall(PARIS) }] }),
          ...ending('tool_calls'),
        ]),
        answerChunks(textChunks('Warm.')),
      ),
    );

  describe('by the AWS SDK', () => {
    const question: Message = { role: 'user', content: [{ text: QUESTION }] };
    const result: Message = {
      role: 'user',
      content: [{ toolResult: { toolUseId: PARIS.id, content: [{ text: '20 °C' }] } }],
    };
    const request = (...messages: Message[]) => ({ modelId: 'm', messages, toolConfig: WEATHER_TOOLS });

    it('from an answer', async () => {
      answerWhole();
      const client = bedrockClient(service.url);
      const { output } = await client.send(new ConverseCommand(request(question)));
      const answer = output?.message as Message; // every answer of ours has one
      await client.send(new ConverseCommand(request(question, answer, result)));
      client.destroy();
    });

    it('from a stream', async () => {
      answerStreamed();
      const client = bedrockClient(service.url);
      const { message } = messageOf(await streamed(client, request(question)));
      await streamed(client, request(question, message, result));
      client.destroy();
    });
  });

  describe('by the AI SDK', () => {
    const ask = () => {
      const bedrock = aiSdkBedrock(service.url);
      const inputSchema = jsonSchema({ ...WEATHER_SCHEMA, required: ['city'] });
      const get_weather = tool({ inputSchema, execute: () => '20 °C' });
      return { model: bedrock('m'), prompt: QUESTION, tools: { get_weather }, stopWhen: isStepCount(2) };
    };

    it('from an answer', async () => {
      answerWhole();
      expect((await generateText(ask())).text).toBe('Warm.');
    });

    it('from a stream', async () => {
      answerStreamed();
      expect(await streamText(ask()).text).toBe('Warm.');
    });
  });

  describe('by LangChain', () => {
    const open = () => {
      const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
      const client = bedrockClient(service.url);
      return new ChatBedrockConverse({ model: 'm', region: 'us-east-1', credentials, client });
    };
    const question = new HumanMessage(QUESTION);
    const result = new ToolMessage({ tool_call_id: PARIS.id, content: '20 °C' });
    const tools = { tools: WEATHER_TOOLS.tools ?? [] };

    it('from an answer', async () => {
      answerWhole();
      const model = open();
      const answer = await model.invoke([question], tools);
      await model.invoke([question, answer, result], tools);
      model.client.destroy();
    });

    it('from a stream', async () => {
      answerStreamed();
      const model = open();
      const pieces = await Array.fromAsync(await model.stream([question], tools));
      const answer = pieces.reduce((sum, piece) => sum.concat(piece));
      await Array.fromAsync(await model.stream([question, answer, result], tools));
      model.client.destroy();
    });
  });
});
