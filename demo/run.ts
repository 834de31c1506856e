import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { freePort } from './free-port.ts';
import { firstModel } from './models.ts';
import { Proxy } from './proxy.ts';
import { failure, say, title } from './screen.ts';
import { takeTour } from './tour.ts';
import { MODEL, StandIn } from './upstream/stand-in.ts';
import { yourClient } from './your-client.ts';

const DEFAULT_PORT = 8000;
const STAND_IN_NOTE = `This upstream is a stand-in inside the demo: an OpenAI-compatible server
without a model, which answers from rules. To talk to a real one:
OPENAI_API_BASE=http://127.0.0.1:11434/v1 npm run demo`;

/** `npm run demo`, or `npm run demo -- --once` to end after the calls. */
const { values: options } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    proxy: { type: 'string', default: 'dist/main.js' },
  },
});
if (existsSync('.env')) process.loadEnvFile('.env');
process.exitCode = await demo().catch((error: unknown) => {
  failure(error);
  return 1;
});

/** Resolves to the exit status when all started processes have ended. */
async function demo(): Promise<number> {
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const ownUpstream = process.env['OPENAI_API_BASE'];
  await using standIn = ownUpstream ? undefined : await StandIn.start();
  const upstreamUrl = ownUpstream || standIn?.baseUrl || '';
  const modelId = process.env['DEMO_MODEL'] || (standIn ? MODEL : await firstModel(upstreamUrl));
  title(`Upstream: ${upstreamUrl}, model ${modelId}`);
  if (standIn) say(STAND_IN_NOTE);

  const port = await freePort(Number(process.env['PORT'] || DEFAULT_PORT));
  await using proxy = await Proxy.start({ entry: options.proxy, port, upstreamUrl });
  title(`Proxy: ${proxy.url}`);

  const tour = takeTour({ proxyUrl: proxy.url, modelId, upstreamGot: () => standIn?.lastRequest });
  const failures = await Promise.race([tour, interrupted.then(() => 0)]);
  if (!options.once) {
    title('Now from a client of your own');
    say(yourClient(proxy.url, modelId));
    title('Running. Ctrl-C ends it.');
    await Promise.race([interrupted, proxy.ended]);
  }
  return failures === 0 ? 0 : 1;
}
