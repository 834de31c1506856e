import { chunk, completion, ending, toToolCall } from './support/answers.js';
import { decodeEventStream, type StreamEvent } from './support/event-stream.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const BROKEN = toToolCall({ id: 'call_1', name: 'f', arguments: {} }, '{"city": "Par');
const BODY = {
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hello' }],
  tools: [{ name: 'f', input_schema: { type: 'object' } }],
};
const INVOKE = JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', ...BODY });
const INVOKE_PATH = '/model/us.anthropic.claude-x/invoke';

describe('A malformed tool call, for which Anthropic has no stop reason', () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start({ TOOL_CALL_STREAMING: 'buffered' });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const post = (path: string, body: string): Promise<Response> =>
    fetch(service.url + path, { method: 'POST', body });

  it('is an error of the model at InvokeModel', async () => {
    service.upstream.answerWith(answerJson(completion({ tool_calls: [BROKEN] }, 'tool_calls')));
    const response = await post(INVOKE_PATH, INVOKE);
    expect(response.status).toBe(424);
    expect(response.headers.get('x-amzn-errortype')).toBe('ModelErrorException');
    expect(await response.json()).toMatchObject({ message: 'The model returned a malformed tool call.' });
  });

  it("is one that is not worth a repetition at Anthropic's door", async () => {
    service.upstream.answerWith(answerJson(completion({ tool_calls: [BROKEN] }, 'tool_calls')));
    const response = await post('/v1/messages', JSON.stringify({ model: 'm', ...BODY }));
    expect(response.status).toBe(500);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.json()).toMatchObject({ error: { type: 'api_error' } });
  });

  it('ends a stream with an exception, and without message_stop', async () => {
    service.upstream.answerWith(
      answerChunks([
        chunk({ content: 'I look.' }),
        chunk({ tool_calls: [{ index: 0, ...BROKEN }] }),
        ...ending('tool_calls'),
      ]),
    );
    const response = await post(`${INVOKE_PATH}-with-response-stream`, INVOKE);
    const events = decodeEventStream(await response.bytes());
    expect(events.at(-1)).toMatchObject({
      modelStreamErrorException: { message: 'The model returned a malformed tool call.' },
    });
    expect(events.map(typeOf)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      undefined,
    ]);
  });
});

/** Of the chunk that an event carries; an exception carries none. */
function typeOf({ chunk: payload }: StreamEvent): unknown {
  const { bytes = 'e30=' } = (payload ?? {}) as { bytes?: string }; // the payload of an event is an object
  const { type } = JSON.parse(Buffer.from(bytes, 'base64').toString()) as { type?: string };
  return type;
}
