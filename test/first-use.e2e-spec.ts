import { spawnSync } from 'node:child_process';
import { textCompletion } from './support/answers.js';
import { Build } from './support/build.js';
import { BuiltProxy } from './support/built-proxy.js';
import { docx, paragraph, pdf, run } from './support/documents.js';
import { S3_VARIABLES, S3Server } from './support/s3-server.js';
import { answerJson, type ScriptedUpstream, startScriptedUpstream } from './support/scripted-upstream.js';
import { TemporaryDirectory } from './support/temporary-directory.js';

/** CPU time for which the first use of something may hold up other calls. */
const MAX_TURN_MS = 50;
/**
 * On a slow or busy machine a turn may take longer, but no more than this share of what the S3 client takes to load at
 * once. A longer one would have loaded most of it in one piece.
 */
const MAX_SHARE_OF_LOAD = 0.6;
/** A turn may also collect garbage or compile, so the shortest of a few processes counts. */
const PROCESSES = 3;

/** CPU time that the S3 client takes to load at once, here and now. */
function clientLoadMs(): number {
  const script = `
    const before = process.threadCpuUsage();
    require('${S3_CLIENT}');
    const after = process.threadCpuUsage();
    console.log((after.user + after.system - before.user - before.system) / 1000);
  `;
  return Number(spawnSync(process.execPath, ['-e', script]).stdout.toString());
}

/** What reads documents; the names are those of packages. */
const READERS = ['@e965/xlsx', '@hyzyla/pdfium', 'jpeg-js', 'jszip', 'mammoth', 'saxes', 'word-extractor'];
const POOL = 'piscina';
const S3_CLIENT = '@aws-sdk/client-s3';

const document = (format: string, bytes: Buffer) => ({
  document: { name: 'file', format, source: { bytes: bytes.toString('base64') } },
});
const IN_S3 = { image: { format: 'png', source: { s3Location: { uri: 's3://media/cat.png' } } } };

describe('What only some calls need', () => {
  let build: Build;
  let upstream: ScriptedUpstream;
  let store: S3Server;
  const directory = new TemporaryDirectory();

  beforeAll(async () => {
    build = await Build.make();
    upstream = await startScriptedUpstream(answerJson(textCompletion('Hi')));
    store = await S3Server.start('media');
    await store.put('media', 'cat.png', Buffer.from('cat'));
    const file = {
      upstreams: { vllm: { baseUrl: upstream.baseUrl, dialect: 'vllm' } },
      models: [{ match: '*', route: [{ upstream: 'vllm' }] }],
      s3: store.member('media'),
    };
    directory.write('config.yaml', JSON.stringify(file));
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await upstream.close();
    directory[Symbol.dispose]();
    build[Symbol.dispose]();
  });

  const start = (): Promise<BuiltProxy> =>
    BuiltProxy.start(
      build,
      { CONFIG_FILE: `${directory.path}/config.yaml`, ...S3_VARIABLES },
      { measured: true },
    );

  async function ask(proxy: BuiltProxy, ...content: object[]): Promise<void> {
    const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }, ...content] }] });
    const response = await fetch(`${proxy.url}/model/m/converse`, { method: 'POST', body });
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  }

  async function loaded(proxy: BuiltProxy): Promise<string[]> {
    const packages = new Set(await proxy.packages());
    return ['@nestjs/core', POOL, S3_CLIENT, ...READERS].filter((name) => packages.has(name));
  }

  it('is loaded neither at the start nor by others, and documents are read by no code of the main thread', async () => {
    await using proxy = await start();
    expect(await loaded(proxy)).toEqual(['@nestjs/core']);
    await ask(proxy);
    expect(await loaded(proxy)).toEqual(['@nestjs/core']);
    await ask(proxy, document('docx', await docx({ body: paragraph(run('Hello')) })));
    await ask(proxy, document('pdf', pdf([['Hello']])));
    expect(await loaded(proxy)).toEqual(['@nestjs/core', POOL]);
    await ask(proxy, IN_S3);
    expect(await loaded(proxy)).toEqual(['@nestjs/core', POOL, S3_CLIENT]);
  });

  const DOCUMENT = document('pdf', pdf([['Hello']]));
  it.each([
    ['document', DOCUMENT],
    ['object of S3', IN_S3],
  ])('holds up nobody when it is first used: the first %s', async (_, content) => {
    let longestMs = Infinity;
    let maxMs = MAX_TURN_MS;
    for (let count = 0; count < PROCESSES && longestMs >= maxMs; count += 1) {
      maxMs = Math.max(MAX_TURN_MS, MAX_SHARE_OF_LOAD * clientLoadMs());
      await using proxy = await start();
      await ask(proxy);
      longestMs = Math.min(longestMs, await proxy.longestTurnMs(() => ask(proxy, content)));
    }
    expect(longestMs).toBeLessThan(maxMs);
  });
});
