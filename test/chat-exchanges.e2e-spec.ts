import {
  type ChatExchange,
  readAnswer,
  readChatExchanges,
  readChunkFrames,
  readServerSentEvents,
} from './support/chat-exchange.js';
import { answerInPieces } from './support/exchange.js';
import { Service } from './support/service.js';

/** Of most streams here, pieces of one to five bytes. */
const MANY_PIECES = 500;

const BY_ENVIRONMENT = Map.groupBy(readChatExchanges(), ({ environment }) => JSON.stringify(environment));

describe.each([...BY_ENVIRONMENT])('a chat completion with %s', (_, exchanges) => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start(exchanges[0]?.environment);
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it.each(exchanges)('is as written at both doors: $name', async (exchange) => {
    expect(await run(exchange, service, 1)).toEqual(exchange.expected);
    // where the bytes of the upstream are split must not matter
    if (exchange.isStream) expect(await run(exchange, service, MANY_PIECES)).toEqual(exchange.expected);
  });
});

async function run(
  exchange: ChatExchange,
  service: Service,
  pieces: number,
): Promise<Record<string, unknown>> {
  service.reset();
  service.upstream.answerWith(answerInPieces(exchange, pieces));
  const openAI = await heardAt('/openai/v1/chat/completions', exchange, service);
  const { model, ...body } = exchange.request;
  const path = `/model/${encodeURIComponent(model)}/invoke${exchange.isStream ? '-with-response-stream' : ''}`;
  const bedrock = await heardAt(path, { ...exchange, request: body }, service);
  const [sent, sentAgain] = service.upstreamRequests;
  expect(sentAgain).toEqual(sent);
  expect(bedrock.ignored).toEqual(openAI.ignored);
  const report = { 'upstream-request.json': sent, 'ignored.txt': openAI.ignored };
  if (!exchange.isStream) {
    const answer = readAnswer(openAI.body);
    expect(readAnswer(bedrock.body)).toEqual(answer);
    return { ...report, 'answer.json': answer };
  }
  expect(openAI.contentType).toBe('text/event-stream; charset=utf-8');
  expect(bedrock.contentType).toBe('application/vnd.amazon.eventstream');
  return {
    ...report,
    'events.json': readServerSentEvents(openAI.body.toString()),
    'chunks.json': readChunkFrames(bedrock.body),
  };
}

async function heardAt(path: string, { request }: { request: object }, { url }: Service) {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(request) });
  expect(response.status).toBe(200);
  return {
    contentType: response.headers.get('content-type'),
    ignored: response.headers.get('x-proxy-ignored-parameters')?.split(',').toSorted() ?? [],
    body: Buffer.from(await response.bytes()),
  };
}
