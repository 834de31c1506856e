import { setTimeout as wait } from 'node:timers/promises';
import { ConverseStreamCommand, type ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { ChatBedrockConverse } from '@langchain/aws';
import { jsonSchema, streamText, tool } from 'ai';
import { chunk, ending, toToolCall } from '../support/answers.js';
import { toServerSentEvent, type UpstreamScript } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { aiSdkBedrock } from './ai-sdk-bedrock.js';
import { bedrockClient, CLEARTEXT } from './bedrock-client.js';
import { messageOf } from './streamed-message.js';
import { PARIS, WEATHER_SCHEMA, WEATHER_TOOLS } from './weather.js';

/** The upstream waits for about twenty keep-alive frames before each of its chunks. */
const KEEPALIVE_MS = 5;
const SILENCE_MS = 20 * KEEPALIVE_MS;

const toolCall = (fields: Record<string, unknown>) => chunk({ tool_calls: [{ index: 0, ...fields }] });
const CHUNKS = [
  chunk({ role: 'assistant', reasoning_content: 'Hm' }),
  chunk({ reasoning_content: ', so.' }),
  chunk({ content: 'Grü' }),
  chunk({ content: 'ße ✓' }),
  toolCall(toToolCall(PARIS, '')),
  toolCall({ function: { arguments: '{"city":' } }),
  toolCall({ function: { arguments: '"Paris"}' } }),
  ...ending('tool_calls'),
];

function answerAfterSilences(silence: () => Promise<unknown>): UpstreamScript {
  return async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const each of CHUNKS) {
      await silence();
      response.write(toServerSentEvent(each));
    }
    response.end('data: [DONE]\n\n');
  };
}

let service: Service;

beforeAll(async () => {
  service = await Service.start({ STREAM_KEEPALIVE_MS: String(KEEPALIVE_MS) });
});
beforeEach(() => service.upstream.answerWith(answerAfterSilences(() => wait(SILENCE_MS))));
afterAll(() => service[Symbol.asyncDispose]());

describe.each(CLEARTEXT)(
  'a stream with keep-alive frames is a complete message for the AWS SDK over $transport',
  (transport) => {
    it('that receives empty deltas in every kind of block', async () => {
      const client = bedrockClient(service.url, transport);
      const { stream } = await client.send(
        new ConverseStreamCommand({
          modelId: 'm',
          messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
          toolConfig: WEATHER_TOOLS,
        }),
      );
      const events = await Array.fromAsync(stream as AsyncIterable<ConverseStreamOutput>); // every answer has one
      expect(messageOf(events)).toEqual({
        message: {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm, so.', signature: expect.any(String) } } },
            { text: 'Grüße ✓' },
            { toolUse: { toolUseId: PARIS.id, name: PARIS.name, input: PARIS.arguments } },
          ],
        },
        stopReason: 'tool_use',
      });
      const deltas = events.map(({ contentBlockDelta }) => JSON.stringify(contentBlockDelta?.delta));
      expect(deltas).toEqual(
        expect.arrayContaining([
          '{"reasoningContent":{"text":""}}',
          '{"text":""}',
          '{"toolUse":{"input":""}}',
        ]),
      );
      client.destroy();
    });
  },
);

describe('a stream with keep-alive frames is a complete message', () => {
  it('for the AI SDK', async () => {
    const bedrock = aiSdkBedrock(service.url);
    const result = streamText({
      model: bedrock('m'),
      prompt: 'Hello',
      tools: { get_weather: tool({ inputSchema: jsonSchema({ ...WEATHER_SCHEMA, required: ['city'] }) }) },
    });
    await result.consumeStream();
    expect({
      reasoning: await result.reasoningText,
      text: await result.text,
      calls: (await result.toolCalls).map(({ toolCallId, toolName, input }) => ({
        toolCallId,
        toolName,
        input,
      })),
      finishReason: await result.finishReason,
    }).toEqual({
      reasoning: 'Hm, so.',
      text: 'Grüße ✓',
      calls: [{ toolCallId: PARIS.id, toolName: PARIS.name, input: PARIS.arguments }],
      finishReason: 'tool-calls',
    });
  });

  it('for LangChain', async () => {
    const client = bedrockClient(service.url);
    const model = new ChatBedrockConverse({
      model: 'm',
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      client,
      maxRetries: 0,
    });
    const pieces = await Array.fromAsync(await model.stream('Hello'));
    const whole = pieces.reduce((sum, piece) => sum.concat(piece));
    expect({
      text: whole.text,
      calls: whole.tool_calls?.map(({ id, name, args }) => ({ id, name, args })),
    }).toEqual({
      text: 'Grüße ✓',
      calls: [{ id: PARIS.id, name: PARIS.name, args: PARIS.arguments }],
    });
    client.destroy();
  });
});
