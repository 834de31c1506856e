import { createServer } from 'node:net';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textCompletion } from './support/answers.js';
import { Build } from './support/build.js';
import { freePort } from './support/free-port.js';
import { InstalledPackage } from './support/installed-package.js';
import { ProcessOutput } from './support/process-output.js';
import { answerJson, type UpstreamScript, startScriptedUpstream } from './support/scripted-upstream.js';
import { until } from './support/until.js';

const MB = 1024 * 1024;
const HAIKU = 'us.anthropic.claude-3-5-haiku-20241022-v1:0';
const MODELS = {
  object: 'list',
  data: [{ id: 'qwen3:8b', object: 'model', created: 1, owned_by: 'library' }],
};
const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string;
  scripts: Record<string, string>;
};

let build: Build;
let installed: InstalledPackage;
beforeAll(async () => {
  build = await Build.make();
  installed = await InstalledPackage.of(build);
});
afterAll(() => {
  installed[Symbol.dispose]();
  build[Symbol.dispose]();
});

/** `npx bedrock-to-openai-proxy …` in the folder where it is installed. */
function npx(options: readonly string[], variables: Record<string, string> = {}): ProcessOutput {
  return new ProcessOutput(process.execPath, [installed.command, ...options], {
    cwd: installed.folder,
    env: { PATH: process.env['PATH'], MANAGEMENT_PORT: '0', ...variables },
  });
}

const upstreamScript: UpstreamScript = (request, response) =>
  answerJson(request.path === '/v1/models' ? MODELS : textCompletion('Hello'))(request, response);

describe('The package', () => {
  it('is small, and holds what runs and nothing else', () => {
    expect(installed.tarballBytes).toBeLessThan(2 * MB);
    const others = installed.files.filter((path) => !/^dist\/.+\.(?:js|css|html|json|svg)$/.test(path));
    expect(others.toSorted()).toEqual([
      'CHANGELOG.md',
      'README.md',
      'config.example.yaml',
      'config.schema.json',
      'docs/openapi.json',
      'package.json',
    ]);
    expect(installed.files.filter((path) => path.endsWith('spec.js'))).toEqual([]);
  });

  it('leaves the flags of Node to the launcher that npm start runs', () => {
    expect(manifest.scripts['start']).toBe('node dist/launch.js');
  });
});

describe('The command', () => {
  it.each([
    ['--version', manifest.version],
    ['--help', '--upstream URL'],
    ['config check absent.yaml', 'absent.yaml cannot be read'],
    ['key new team-a', 'bearerSha256'],
    ['--upsteam x', "Unknown option '--upsteam'"],
    [
      '--upstream http://127.0.0.1:1/v1 --port 0 --models auto',
      'nothing answers at http://127.0.0.1:1/v1/models',
    ],
    ['--upstream http://127.0.0.1:1/v1 --port 0 --models a', 'MODEL_MAP must be glob=model'],
    ['--upstream http://127.0.0.1:1/v1 --port 0 --dialect gpt', 'OPENAI_DIALECT'],
  ])('%s', async (options, expected) => {
    await using output = npx(options.split(' '));
    expect([await output.exit, output.text]).toEqual([
      /^(?:--version|--help|key)/.test(options) ? 0 : 1,
      expect.stringContaining(expected),
    ]);
  });

  it('answers an application whose model ids are those of Bedrock, and drains on SIGTERM', async () => {
    const upstream = await startScriptedUpstream(upstreamScript);
    const port = await freePort();
    const options = [
      '--upstream',
      upstream.baseUrl,
      '--dialect',
      'ollama',
      '--port',
      String(port),
      '--models',
      'auto',
    ];
    await using output = npx(options, { DRAIN_DELAY_MS: '0' });
    await output.says(/Upstream openai/);
    expect(output.text).toMatch(/\*anthropic\.claude\*haiku\* +qwen3:8b/);
    const response = await fetch(`http://127.0.0.1:${port}/model/${HAIKU}/converse`, {
      method: 'POST',
      body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }),
      headers: { connection: 'close' },
    });
    expect(await response.json()).toMatchObject({ output: { message: { content: [{ text: 'Hello' }] } } });
    expect(upstream.lastRequest?.body).toMatchObject({ model: 'qwen3:8b' });
    output.kill('SIGTERM');
    expect(await output.exit).toBe(0);
    expect(output.text).toContain('SIGTERM');
    await upstream.close();
  });

  it('says which port is free when the wanted one is taken', async () => {
    await using output = npx(['--upstream', 'http://127.0.0.1:1', '--port', String(await heldPort())]);
    expect(await output.exit).toBe(1);
    expect(output.text).toMatch(/^Port \d+ is taken by another program\. Use --port \d+\n$/);
  });

  it('gives the management port way when nobody chose it', async () => {
    const holder = createServer();
    // whoever else has it already will do
    await once(holder.listen(9_090, '127.0.0.1'), 'listening').catch(() => undefined);
    await using output = npx(['--upstream', 'http://127.0.0.1:1', '--port', '0'], { MANAGEMENT_PORT: '' });
    await output.says(/Upstream openai/);
    expect(output.text).not.toContain(':9090');
    holder.close();
  });

  it('reads .env, which the environment and the options overrule', async () => {
    installed.home.write('app/.env', 'OPENAI_API_BASE=http://127.0.0.1:1/from-file\nOPENAI_DIALECT=vllm\n');
    await using output = npx(['--port', '0', '--dialect', 'ollama']);
    await output.says(/Upstream openai/);
    installed.home.write('app/.env', '');
    expect(output.text).toContain('Upstream openai: http://127.0.0.1:1/from-file (ollama)');
  });
});

const holders = [createServer()];
afterAll(() => holders.map((holder) => holder.close()));

async function heldPort(): Promise<number> {
  const [holder] = holders;
  holder?.listen(0, '127.0.0.1');
  await until(() => holder?.listening === true);
  const address = holder?.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
