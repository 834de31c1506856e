import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readExchanges } from './support/exchange.js';
import { RoutedService } from './support/routed-service.js';
import { expectedExchange, runExchange } from './support/run-exchange.js';

const DIRECTORY = join(import.meta.dirname, 'prompt-exchanges');
const EXCHANGES = readExchanges(DIRECTORY);
/** For most streams here this gives pieces of one to five bytes. */
const MANY_PIECES = 500;

/** Each case has its prompt, as `aws bedrock-agent get-prompt` prints it. */
function promptOf(name: string): object {
  return JSON.parse(readFileSync(join(DIRECTORY, name, 'prompt.json'), 'utf8')) as object;
}

describe('an exchange with a prompt', () => {
  let service: RoutedService;

  beforeAll(async () => {
    service = await RoutedService.start({
      upstreams: { model: {} },
      models: [{ match: '*', route: [{ upstream: 'model' }] }],
      prompts: EXCHANGES.map(({ name }) => promptOf(name)),
    });
  });

  afterAll(() => service[Symbol.asyncDispose]());

  it.each(EXCHANGES)('is as recorded: $name', async (exchange) => {
    const running = { url: service.proxy.url, upstream: service.upstream('model') };
    expect(await runExchange(exchange, running, 1)).toEqual(expectedExchange(exchange));
    if (!exchange.isStream) return;
    // the split of the upstream's bytes must not matter
    expect(await runExchange(exchange, running, MANY_PIECES)).toEqual(expectedExchange(exchange));
  });
});
