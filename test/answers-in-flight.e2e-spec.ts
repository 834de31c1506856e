import { once } from 'node:events';
import {
  request as openRequest,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ActiveRequests } from '../src/server/load/active-requests.js';
import { LoadShedder, type ShedReason } from '../src/server/load/load-shedder.js';
import { chunk, completion, ending, errorBody, textCompletion } from './support/answers.js';
import { decodeEventStream } from './support/event-stream.js';
import { sendRaw, type RawResponse } from './support/raw-request.js';
import {
  answerJson,
  answerText,
  toServerSentEvent,
  type UpstreamScript,
} from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { until } from './support/until.js';

const KB = 1024;
const MB = 1024 * KB;
const BUDGET_BYTES = 256 * KB;
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const UNAVAILABLE = 'Bedrock is unable to process your request.';

const textEvent = (text: string): string => toServerSentEvent(chunk({ content: text }));
const END = `${ending('stop').map(toServerSentEvent).join('')}data: [DONE]\n\n`;

describe('Answers in flight', () => {
  let service: Service;
  let inFlight: ActiveRequests;
  let sheds: ShedReason[];

  beforeEach(async () => {
    service = await Service.start({
      MAX_ANSWER_MB_IN_FLIGHT: String(BUDGET_BYTES / MB),
      TOOL_CALL_STREAMING: 'buffered',
    });
    const { app } = service.proxy;
    inFlight = app.get(ActiveRequests);
    sheds = [];
    app.get(LoadShedder).observe((reason) => sheds.push(reason));
  });

  afterEach(() => service[Symbol.asyncDispose]());

  const converse = (): Promise<RawResponse> =>
    sendRaw(service.url, { path: '/model/m/converse', body: BODY });

  const nothingIsHeld = (): Promise<void> => until(() => inFlight.answerBytes === 0 && inFlight.count === 0);

  /** The upstream's answers in the order of their calls, which the test ends. */
  function upstreamAnswers(): Promise<ServerResponse>[] {
    const calls = Array.from({ length: 8 }, () => Promise.withResolvers<ServerResponse>());
    let count = 0;
    service.upstream.answerWith((_, response) => calls[count++]?.resolve(response));
    return calls.map(({ promise }) => promise);
  }

  function openStream(): { client: ClientRequest; answer: Promise<IncomingMessage> } {
    const client = openRequest(`${service.url}/model/m/converse-stream`, { method: 'POST', agent: false });
    client.on('error', () => undefined).end(BODY);
    const answer = once(client, 'response').then(([response]) => response as IncomingMessage);
    answer.catch(() => undefined);
    return { client, answer };
  }

  /** A stream with this much of an unfinished event. */
  async function streamInEvent(answer: Promise<ServerResponse> | undefined, bytes: number) {
    const stream = openStream();
    const response = await answer;
    if (response === undefined) throw new Error('no call');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(textEvent('Hi'));
    const heard = await stream.answer;
    const event = textEvent('x'.repeat(bytes));
    response.write(event.slice(0, bytes));
    return { ...stream, heard, response, rest: event.slice(bytes) };
  }

  it('include a single answer of any size, and release its bytes', async () => {
    service.upstream.answerWith(answerJson(textCompletion('x'.repeat(4 * BUDGET_BYTES))));
    expect((await converse()).status).toBe(200);
    await nothingIsHeld();
    expect(sheds).toEqual([]);
  });

  it('do not include a complete answer that exceeds the budget, and other answers are not affected', async () => {
    const [first, second] = upstreamAnswers();
    const stream = await streamInEvent(first, 200 * KB);
    await until(() => inFlight.answerBytes >= 200 * KB);
    const refused = converse();
    answerJson(textCompletion('x'.repeat(100 * KB)))({} as never, (await second)!);
    expect(await refused).toMatchObject({
      status: 503,
      headers: { 'x-amzn-errortype': 'ServiceUnavailableException', 'retry-after': '1' },
    });
    expect(JSON.parse((await refused).body.toString())).toEqual({ message: UNAVAILABLE });
    expect(sheds).toEqual(['answer_bytes']);
    stream.response.end(stream.rest + END);
    const events = decodeEventStream(await buffer(stream.heard));
    expect(events.at(-1)).toHaveProperty('metadata');
    await nothingIsHeld();
  });

  it('end a stream that exceeds the budget with an exception, after its first byte', async () => {
    const [first, second] = upstreamAnswers();
    const held = await streamInEvent(first, 200 * KB);
    await until(() => inFlight.answerBytes >= 200 * KB);
    const refused = await streamInEvent(second, 100 * KB);
    const events = decodeEventStream(await buffer(refused.heard));
    expect(events).toEqual([
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hi' } } },
      { serviceUnavailableException: { message: UNAVAILABLE } },
    ]);
    expect(sheds).toEqual(['answer_bytes']);
    held.client.destroy();
    await nothingIsHeld();
  });

  it('count the arguments of a tool call that is being assembled', async () => {
    const [first] = upstreamAnswers();
    const stream = openStream();
    const response = (await first)!;
    const call = (piece: string): string =>
      toServerSentEvent(
        chunk({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'look', arguments: piece } }] }),
      );
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(call('{"a":"'));
    for (let piece = 0; piece < 50; piece += 1) response.write(call('x'.repeat(KB)));
    await until(() => inFlight.answerBytes >= 100 * KB);
    response.write(call('"}'));
    response.end(`${ending('tool_calls').map(toServerSentEvent).join('')}data: [DONE]\n\n`);
    const events = decodeEventStream(await buffer(await stream.answer));
    expect(events).toContainEqual({ messageStop: { stopReason: 'tool_use' } });
    await nothingIsHeld();
  });

  it('count a complete answer until its client has read it', async () => {
    service.upstream.answerWith(answerJson(textCompletion('x'.repeat(12 * MB))));
    const client = openRequest(`${service.url}/model/m/converse`, { method: 'POST', agent: false });
    client.on('error', () => undefined).end(BODY);
    await once(client, 'response');
    expect(inFlight.answerBytes).toBeGreaterThanOrEqual(12 * MB);
    expect((await converse()).status).toBe(503);
    client.destroy();
    await nothingIsHeld();
  });

  const breaksOff: UpstreamScript = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(JSON.stringify(textCompletion('x'.repeat(100 * KB))).slice(0, -1), () =>
      response.socket?.destroy(),
    );
  };

  it.each<[name: string, script: UpstreamScript, status: number]>([
    ['that is no JSON', answerText('x'.repeat(100 * KB)), 424],
    ['without choices', answerJson({ id: 'x'.repeat(100 * KB) }), 424],
    ['that breaks off', breaksOff, 500],
    ['with an error', answerJson(errorBody('x'.repeat(100 * KB)), 429), 429],
    ['with an error in a 200', answerJson({ error: { code: 400, message: 'x'.repeat(100 * KB) } }), 400],
    ['of choices that are none', answerJson({ ...completion({}), choices: [] }), 424],
  ])('release the bytes of an answer %s', async (_, script, status) => {
    service.upstream.answerWith(script);
    expect((await converse()).status).toBe(status);
    await nothingIsHeld();
  });

  it.each<[name: string, leave: (stream: { client: ClientRequest; response: ServerResponse }) => unknown]>([
    ['its client leaves', ({ client }) => client.destroy()],
    ['its upstream breaks', ({ response }) => response.socket?.destroy()],
    ['its upstream ends it too early', ({ response }) => response.end()],
    ['its upstream sends junk', ({ response }) => response.end('\n\n')],
  ])('release the bytes of a stream when %s', async (_, leave) => {
    const stream = await streamInEvent(upstreamAnswers()[0], 100 * KB);
    await until(() => inFlight.answerBytes >= 100 * KB);
    stream.heard.resume().on('error', () => undefined);
    leave(stream);
    await nothingIsHeld();
  });
});
