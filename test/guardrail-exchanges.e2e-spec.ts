import { answerInPieces } from './support/exchange.js';
import { GUARDED_FILE } from './support/guarded-file.js';
import {
  answerModerations,
  type GuardrailExchange,
  hear,
  readGuardrailExchanges,
} from './support/guardrail-exchange.js';
import { RoutedService } from './support/routed-service.js';

/** For most streams here this gives pieces of a few bytes. */
const MANY_PIECES = 300;

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start(GUARDED_FILE);
});
afterAll(() => service[Symbol.asyncDispose]());

async function run(exchange: GuardrailExchange, pieces: number): Promise<object> {
  const { requests } = service.upstream('model');
  requests.length = 0;
  const { upstream } = exchange;
  service.answerWith({
    model: upstream === undefined ? () => undefined : answerInPieces(upstream, pieces),
    moderation: answerModerations(exchange),
  });
  const answer = await hear(service.proxy.url, exchange);
  return { answer, upstreamRequests: requests.map(({ body }) => Reflect.get(Object(body), 'messages')) };
}

it.each(readGuardrailExchanges())('A guarded exchange is as recorded: $name', async (exchange) => {
  const { answer, upstreamRequests } = exchange;
  for (const pieces of [1, MANY_PIECES]) {
    expect(await run(exchange, pieces)).toEqual({ answer, upstreamRequests });
  }
});
