import { answerInPieces } from './support/exchange.js';
import {
  answerModerations,
  type GuardrailExchange,
  hear,
  readGuardrailExchanges,
} from './support/guardrail-exchange.js';
import { guardedSuite } from './support/guarded-suite.js';

/** For most streams here this gives pieces of a few bytes. */
const MANY_PIECES = 300;

const suite = guardedSuite();

async function run(exchange: GuardrailExchange, pieces: number): Promise<object> {
  const { requests } = suite.service.upstream('model');
  requests.length = 0;
  const { upstream } = exchange;
  suite.service.answerWith({
    model: upstream === undefined ? () => undefined : answerInPieces(upstream, pieces),
    moderation: answerModerations(exchange),
  });
  const answer = await hear(suite.service.proxy.url, exchange);
  return { answer, upstreamRequests: requests.map(({ body }) => Reflect.get(Object(body), 'messages')) };
}

it.each(readGuardrailExchanges())('A guarded exchange is as recorded: $name', async (exchange) => {
  const { answer, upstreamRequests } = exchange;
  for (const pieces of [1, MANY_PIECES]) {
    expect(await run(exchange, pieces)).toEqual({ answer, upstreamRequests });
  }
});
