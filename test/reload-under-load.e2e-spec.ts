import { EventEmitter, once } from 'node:events';
import { ConfigReloads } from '../src/config/config-reloads.js';
import { textChunks, textCompletion } from './support/answers.js';
import { startProxy } from './support/proxy.js';
import { answerChunks, answerJson, startScriptedUpstream } from './support/scripted-upstream.js';
import { TemporaryDirectory } from './support/temporary-directory.js';

const RELOADS = 6;
const CLIENTS = 8;
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const OPERATIONS = ['converse', 'converse-stream'];

/** A configuration that sends all models to one upstream. */
function fileFor(baseUrl: string): string {
  return JSON.stringify({
    upstreams: { one: { baseUrl } },
    models: [{ match: '*', route: [{ upstream: 'one' }] }],
  });
}

describe('a configuration that is reloaded while requests arrive', () => {
  it('fails no request, and each new configuration comes into force', async () => {
    const upstreams = await Promise.all(
      ['a', 'b'].map((name) =>
        startScriptedUpstream((request, response) =>
          isStream(request.body)
            ? answerChunks(textChunks(name))(request, response)
            : answerJson(textCompletion(name))(request, response),
        ),
      ),
    );
    const [first, second] = upstreams;
    if (first === undefined || second === undefined) throw new Error('two upstreams are needed');
    using directory = new TemporaryDirectory();
    const proxy = await startProxy({ CONFIG_FILE: directory.write('config.json', fileFor(first.baseUrl)) });
    const load = new Load(proxy.url);
    try {
      for (let reload = 0; reload < RELOADS; reload++) {
        const { baseUrl, requests } = reload % 2 === 0 ? second : first;
        const reloaded = nextReload(proxy.app.get(ConfigReloads));
        directory.write('config.json', fileFor(baseUrl));
        expect(await reloaded).toEqual([]);
        const before = requests.length;
        await load.answered(CLIENTS * 2);
        expect(requests.length).toBeGreaterThan(before);
      }
      expect(await load.stop()).toEqual({ failed: [], enough: true });
    } finally {
      await load.stop();
      await proxy.close();
      await Promise.all(upstreams.map((upstream) => upstream.close()));
    }
  });
});

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
}

/** Resolves with the problems of the next reload. */
function nextReload(reloads: ConfigReloads): Promise<readonly string[]> {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  let isLast = true;
  const stop = reloads.observe(({ problems }) => {
    // the first report is that of the previous load
    if (!isLast) resolve(problems);
    isLast = false;
  });
  return promise.finally(stop);
}

/** Clients that ask one request after another. */
class Load {
  private readonly events = new EventEmitter();
  private readonly failed: string[] = [];
  private count = 0;
  private isStopped = false;
  private readonly clients: Promise<unknown>;

  constructor(private readonly url: string) {
    this.clients = Promise.all(
      Array.from({ length: CLIENTS }, (_, index) => this.ask(OPERATIONS[index % 2] ?? '')),
    );
  }

  /** Resolves after so many more answers. */
  async answered(more: number): Promise<void> {
    const wanted = this.count + more;
    while (this.count < wanted) await once(this.events, 'answer');
  }

  async stop(): Promise<{ failed: string[]; enough: boolean }> {
    this.isStopped = true;
    await this.clients;
    return { failed: this.failed, enough: this.count > RELOADS * CLIENTS };
  }

  private async ask(operation: string): Promise<void> {
    while (!this.isStopped) {
      const response = await fetch(`${this.url}/model/any/${operation}`, { method: 'POST', body: BODY });
      const text = await response.text();
      if (response.status !== 200 || text.includes('exception'))
        this.failed.push(`${response.status} ${text}`);
      this.count += 1;
      this.events.emit('answer');
    }
  }
}
