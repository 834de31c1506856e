import { readExchanges } from './support/exchange.js';
import { expectedExchange, runExchange } from './support/run-exchange.js';
import { Service } from './support/service.js';

/** For most streams here this gives pieces of one to five bytes. */
const MANY_PIECES = 500;

const BY_ENVIRONMENT = Map.groupBy(readExchanges(), ({ environment }) => JSON.stringify(environment));

describe.each([...BY_ENVIRONMENT])('an exchange with %s', (_, exchanges) => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start(exchanges[0]?.environment);
  });

  afterAll(() => service[Symbol.asyncDispose]());

  it.each(exchanges)('is as recorded: $name', async (exchange) => {
    expect(await runExchange(exchange, service, 1)).toEqual(expectedExchange(exchange));
    if (!exchange.isStream) return;
    // the split of the upstream's bytes must not matter
    expect(await runExchange(exchange, service, MANY_PIECES)).toEqual(expectedExchange(exchange));
  });
});
