import { answerExchange, type InvokeExchange, readInvokeExchanges } from './support/invoke-exchange.js';
import { RoutedService } from './support/routed-service.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const BY_SETUP = Map.groupBy(readInvokeExchanges(), ({ setup: { rule, upstream } }) =>
  JSON.stringify({ rule, upstream }),
);

describe.each([...BY_SETUP])('an exchange of InvokeModel with %s', (_, exchanges) => {
  let service: RoutedService;

  beforeAll(async () => {
    const { rule, upstream = {} } = exchanges[0]?.setup ?? {};
    service = await RoutedService.start({
      upstreams: { main: upstream },
      models: [{ match: '*', route: [{ upstream: 'main', model: 'a-model' }], ...rule }],
    });
  });

  afterAll(() => service[Symbol.asyncDispose]());

  it.each(exchanges)('is as written: $name', async (exchange) => {
    expect(await run(exchange, service)).toEqual({
      status: 200,
      'invoke-response.json': exchange.invokeResponse,
      'headers.json': exchange.headers,
      'upstream.json': sorted(exchange.upstream.map(({ path, request }) => ({ path, request }))),
    });
  });
});

async function run(exchange: InvokeExchange, service: RoutedService): Promise<object> {
  const upstream = service.upstream('main');
  upstream.requests.length = 0;
  upstream.answerWith(answerExchange(exchange));
  const response = await service.post(exchange.setup.modelId, 'invoke', {
    body: JSON.stringify(exchange.invokeRequest),
  });
  return {
    status: response.status,
    'invoke-response.json': withoutIds(await response.json()),
    'headers.json': headersOf(response.headers),
    'upstream.json': sorted(upstream.requests.map(({ path, body }) => ({ path, request: body }))),
  };
}

function headersOf(headers: Headers): object {
  // as Bedrock's: these answers have no output tokens
  expect(headers.has('x-amzn-bedrock-output-token-count')).toBe(false);
  const inputTokens = headers.get('x-amzn-bedrock-input-token-count');
  const ignored = headers.get('x-proxy-ignored-parameters');
  return { ...(inputTokens !== null && { inputTokens }), ...(ignored !== null && { ignored }) };
}

/** Random ids are `*`. */
function withoutIds(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (_key, value: unknown) =>
    typeof value === 'string' && UUID.test(value) ? '*' : value,
  );
}

function sorted(requests: readonly object[]): object[] {
  return requests.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
