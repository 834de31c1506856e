import { once } from 'node:events';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { chunk, completion, ending } from './support/answers.js';
import { asking, goodWith } from './support/bad-request.js';
import { Build } from './support/build.js';
import { BuiltProxy } from './support/built-proxy.js';
import { decodeEventStream, type StreamEvent } from './support/event-stream.js';
import { sendRaw, type RawRequest, type RawResponse } from './support/raw-request.js';
import { answerChunks, answerJson, toServerSentEvent } from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { settled } from './support/settled.js';

const PATH = '/model/test.model-v1:0/converse';
const GOOD = JSON.stringify(asking({ text: 'Hello.' }));
const MEGABYTE = 1024 * 1024;
/** Parsing and checking an allowed body takes tens of milliseconds; quadratic work takes seconds. */
const MAX_STALL_MS = 250;
/** Garbage collection and compilation only add to a stall, so the shortest of a few measurements counts. */
const MAX_TRIES = 3;
/** Limit of the service protocol for one event. */
const MAX_EVENT_BYTES = 1_000_000;

let service: Service;
let build: Build;
/**
 * The same program in a process of its own, so that the client, the upstream and Jest's heap do not affect the
 * measurement.
 */
let alone: BuiltProxy;

beforeAll(async () => {
  service = await Service.start();
  service.upstream.answerWith(answerJson(completion({ content: 'Hello.' })));
  build = await Build.make();
  alone = await BuiltProxy.start(build, { OPENAI_API_BASE: service.upstream.baseUrl }, { measured: true });
  await sendRaw(alone.url, { path: PATH, body: GOOD });
});

afterAll(async () => {
  await alone[Symbol.asyncDispose]();
  build[Symbol.dispose]();
  await service[Symbol.asyncDispose]();
});

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const wide = (keys: number) =>
  Object.fromEntries(Array.from({ length: keys }, (_, index) => [`key${index}`, index]));
const thousand = (message: unknown) => ({ messages: Array.from({ length: 1_000 }, () => message) });
const image = (bytes: string) => ({ image: { format: 'png', source: { bytes } } });

interface Refused {
  readonly name: string;
  readonly body: Buffer;
  readonly message: string;
  readonly chunked?: boolean;
}

const TOO_DEEP = 'nested deeper than 100 levels';
const TOO_LARGE = 'larger than 33554432 bytes';
const LARGE = json(goodWith({ padding: 'x'.repeat(33 * MEGABYTE) }));
const TOOLS = Array.from({ length: 10_000 }, () => ({ toolSpec: {} }));
const LONG_NAME = { toolUse: { toolUseId: 'a', name: 'a'.repeat(5 * MEGABYTE), input: {} } };
const DEEP_SCHEMA = { schema: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}` };
const TEXT_FORMAT = { type: 'json_schema', structure: { jsonSchema: DEEP_SCHEMA } };

const REFUSED: readonly Refused[] = [
  { name: '5 MB of opening brackets', body: Buffer.alloc(5 * MEGABYTE, '['), message: TOO_DEEP },
  { name: '5 MB of objects in objects', body: Buffer.from('{"a":'.repeat(MEGABYTE)), message: TOO_DEEP },
  {
    name: 'an object of 100,000 keys',
    body: json(goodWith({ additionalModelRequestFields: wide(100_000) })),
    message: 'more than 50000 keys',
  },
  { name: '33 MB', body: LARGE, message: TOO_LARGE },
  { name: '33 MB of unknown length', body: LARGE, message: TOO_LARGE, chunked: true },
  {
    name: '1,000 invalid messages',
    body: json(thousand({ role: 'robot', content: 7 })),
    message: "'messages.0.role'",
  },
  {
    name: '1,000 unions of two members',
    body: json(thousand({ role: 'user', content: [{ text: 'a', cachePoint: { type: 'default' } }] })),
    message: "'messages.0.content.0'",
  },
  {
    name: '10,000 tools without a name',
    body: json(goodWith({ toolConfig: { tools: TOOLS } })),
    message: "'toolConfig.tools.0.toolSpec.name'",
  },
  {
    name: 'a tool name of 5 MB',
    body: json(asking(LONG_NAME)),
    message: "'messages.0.content.0.toolUse.name'",
  },
  {
    name: '12 MB of base64 with an error at its end',
    body: json(asking(image(`${'AQID'.repeat(3 * MEGABYTE)}AQ`))),
    message: "'messages.0.content.0.image.source.bytes'",
  },
  {
    name: 'a schema, as text, of 100,000 levels',
    body: json(goodWith({ outputConfig: { textFormat: TEXT_FORMAT } })),
    message: 'outputConfig.textFormat.structure.jsonSchema.schema',
  },
];

const ACCEPTED: readonly (readonly [name: string, body: Buffer])[] = [
  ['a free-form object of 40,000 keys', json(goodWith({ additionalModelRequestFields: wide(40_000) }))],
  ['40,000 unknown members', json(goodWith(wide(40_000)))],
  [
    '2,000 turns',
    json({
      messages: Array.from({ length: 2_001 }, (_, index) => ({
        role: index % 2 === 0 ? 'user' : 'assistant',
        content: [{ text: `turn ${index}` }],
      })),
    }),
  ],
  ['a text of 500,000 quotes', json(asking({ text: '"'.repeat(500_000) }))],
  ['an image of 3 MB', json(asking(image('AQID'.repeat(MEGABYTE))))],
];

describe('a request at its limits', () => {
  it.each(REFUSED)('is refused without stalling others: $name', async ({ message, body, chunked }) => {
    const { answer, stallMs } = await besideOthers({ path: PATH, body, chunked });
    expect(answer).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': 'ValidationException' } });
    expect(answer.body.toString()).toContain(message);
    expect(stallMs).toBeLessThan(MAX_STALL_MS);
  });

  it.each(ACCEPTED)('is answered without stalling others: %s', async (_, body) => {
    const { answer, stallMs } = await besideOthers({ path: PATH, body });
    expect(answer.status).toBe(200);
    expect(stallMs).toBeLessThan(MAX_STALL_MS);
  });
});

describe('a stream at its limits', () => {
  it('passes on a tool call of 300 kB in one delta, in events of at most 1 MB', async () => {
    const text = JSON.stringify({ text: '👋 "quoted" \n'.repeat(20_000) });
    service.upstream.answerWith(
      answerChunks([
        toolCalls({ index: 0, id: 'a', function: { name: 'f', arguments: text } }),
        ...ending('tool_calls'),
      ]),
    );
    const { body } = await converseStream();
    const events = decodeEventStream(body);
    expect(inputsOf(events).join('')).toBe(text);
    expect(
      events.map((event) => Object.keys(event)[0]).filter((name) => name !== 'contentBlockDelta'),
    ).toEqual(['messageStart', 'contentBlockStart', 'contentBlockStop', 'messageStop', 'metadata']);
    expect(Math.max(...events.map((event) => Buffer.byteLength(JSON.stringify(event))))).toBeLessThan(
      MAX_EVENT_BYTES,
    );
  });

  it('fails when more than 1 MB waits for a tool call that does not end', async () => {
    const waiting = toolCalls({ index: 1, function: { arguments: 'x'.repeat(100_000) } });
    service.upstream.answerWith(
      answerChunks([
        toolCalls({ index: 0, id: 'a', function: { name: 'f', arguments: '{"a":' } }),
        toolCalls({ index: 1, id: 'b', function: { name: 'f', arguments: '{"a":"' } }),
        ...Array.from({ length: 12 }, () => waiting),
        ...ending('tool_calls'),
      ]),
    );
    const { body } = await converseStream();
    expect(decodeEventStream(body)).toEqual([
      { messageStart: { role: 'assistant' } },
      { contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: 'a', name: 'f' } } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: '{"a":' } } } },
      { modelStreamErrorException: { message: expect.any(String), originalStatusCode: 500 } },
    ]);
  });

  it('pauses the upstream while the client does not read', async () => {
    const flood = new Flood();
    service.upstream.answerWith((_, response) => flood.into(response));
    const response = await startReading(`${service.url}${PATH}-stream`);
    expect(await settled(() => flood.bytes)).toBeLessThan(Flood.bytes / 2);
    const events = decodeEventStream(await buffer(response));
    expect(events.at(-2)).toEqual({ messageStop: { stopReason: 'end_turn' } });
    expect(flood.bytes).toBe(Flood.bytes);
  });
});

/** A stream at full speed, much larger than the buffers of sockets. */
class Flood {
  static readonly #event = toServerSentEvent(chunk({ content: 'x'.repeat(60_000) }));
  static readonly bytes = 700 * Flood.#event.length;
  bytes = 0;

  async into(response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    while (this.bytes < Flood.bytes) {
      this.bytes += Flood.#event.length;
      if (!response.write(Flood.#event)) await once(response, 'drain');
    }
    response.end(toServerSentEvent(chunk({}, 'stop')));
  }
}

/** The answer when its headers have arrived; its body is not read. */
async function startReading(url: string): Promise<IncomingMessage> {
  const sending = request(url, { method: 'POST', agent: false }).end(GOOD);
  const [response] = await once(sending, 'response');
  return response;
}

interface BesideOthers {
  readonly answer: RawResponse;
  /** The longest CPU time of the process while other requests waited. */
  readonly stallMs: number;
}

/** Sends one request while others are served. */
async function besideOthers(request: RawRequest, tries = MAX_TRIES): Promise<BesideOthers> {
  let answer!: RawResponse;
  const stallMs = await alone.longestTurnMs(async () => {
    const answering = sendRaw(alone.url, request);
    const others = Array.from({ length: 4 }, () => sendRaw(alone.url, { path: PATH, body: GOOD }));
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200]);
    answer = await answering;
  });
  return stallMs < MAX_STALL_MS || tries === 1 ? { answer, stallMs } : besideOthers(request, tries - 1);
}

function converseStream(): Promise<RawResponse> {
  return sendRaw(service.url, { path: `${PATH}-stream`, body: GOOD });
}

function toolCalls(toolCall: Record<string, unknown>): Record<string, unknown> {
  return chunk({ tool_calls: [toolCall] });
}

/** The pieces of tool input, which contain no half surrogate pair. */
function inputsOf(events: readonly StreamEvent[]): string[] {
  const deltas = events.flatMap(({ contentBlockDelta }) =>
    contentBlockDelta === undefined ? [] : [contentBlockDelta],
  );
  // an assertion at a boundary: the test checks these events
  const inputs = deltas.map(
    (delta) => (delta as { delta: { toolUse: { input: string } } }).delta.toolUse.input,
  );
  expect(inputs.every((input) => input.isWellFormed())).toBe(true);
  return inputs;
}
