import {
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { chunk } from '../support/answers.js';
import { toServerSentEvent } from '../support/scripted-upstream.js';
import { ClientAndService, TRANSPORTS } from './bedrock-client.js';

const messages: Message[] = [{ role: 'user', content: [{ text: 'Hello' }] }];
const input = { modelId: 'm', messages };

describe.each(TRANSPORTS)('A client that disconnects over $transport', (transport) => {
  let running: ClientAndService;

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
  });
  afterAll(() => running[Symbol.asyncDispose]());
  beforeEach(() => running.service.reset());

  it.each([
    ['an answer', new ConverseCommand(input)],
    ['the first token of a stream', new ConverseStreamCommand(input)],
  ])('ends the upstream call while it waits for %s', async (_, command) => {
    const { upstream } = running.service;
    const leaving = new AbortController();
    // each overload of `send` accepts one kind of command
    const answer = running.client.send(command as ConverseCommand, { abortSignal: leaving.signal });
    const failure = expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    await upstream.received(1);
    expect(upstream.openSockets).toBe(1);
    leaving.abort();
    await failure;
    await upstream.socketsDownTo(0);
    expect(upstream.requests).toHaveLength(1);
  });

  it('ends the upstream call in the middle of a stream', async () => {
    const { upstream } = running.service;
    upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
    });
    const leaving = new AbortController();
    const { stream } = await running.client.send(new ConverseStreamCommand(input), {
      abortSignal: leaving.signal,
    });
    const events: ConverseStreamOutput[] = [];
    const read = async () => {
      for await (const event of stream ?? []) {
        events.push(event);
        if (event.contentBlockDelta) leaving.abort();
      }
    };
    await read().catch(() => undefined); // over HTTP/2 the SDK just ends
    await upstream.socketsDownTo(0);
    expect(events).toHaveLength(2);
  });
});
