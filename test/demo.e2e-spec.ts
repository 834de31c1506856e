import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Build } from './support/build.js';
import { freePort } from './support/free-port.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

let build: Build;
let home: string;
const runs: Run[] = [];
const holder = createServer();

beforeAll(async () => {
  await once(holder.listen(0, '127.0.0.1'), 'listening');
  build = await Build.make();
  home = build.directory;
});

afterAll(async () => {
  await Promise.all(runs.map((run) => run.interrupt()));
  holder.close();
  build[Symbol.dispose]();
});

it('shows three exchanges through the official SDK and one through that of Anthropic, then ends', async () => {
  const run = new Run(['--once'], { PORT: String(await freePort()) });
  expect(await run.status).toBe(0);
  expect(run.output.split(/^(?=\d\. )/m)).toEqual([
    expect.stringContaining('This upstream is a stand-in inside the demo'),
    expect.stringMatching(/A plain question.+max_tokens: 200.+Paris is the capital of France/s),
    expect.stringMatching(/A tool call.+role: 'tool'.+The tool says: celsius 21, sky clear/s),
    expect.stringMatching(/A streamed answer.+stream: true.+One, two, three, four, five.+'end_turn'/s),
    expect.stringMatching(/Anthropic's SDK.+max_tokens: 200.+Paris is the capital of France.+'end_turn'/s),
  ]);
  expect(tooWide(run.output)).toEqual([]);
  // it does not write to a terminal
  expect(run.output).not.toContain('\x1b');
});

it('runs until it is interrupted, even if its port is taken, and leaves no process behind', async () => {
  const run = new Run([], { PORT: String(portOf(holder)) });
  await run.says('Ctrl-C ends it');
  expect(run.output).toContain(`Port ${portOf(holder)} is taken`);
  const proxyUrl = /Proxy: (\S+)/.exec(run.output)?.[1] ?? '';
  expect(await healthcheck(proxyUrl)).toBe(0);
  const yourClient = run.output.slice(run.output.indexOf('Now from a client of your own'));
  for (const client of ['curl', 'AWS CLI', 'JavaScript', 'Python', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME']) {
    expect(yourClient.slice(yourClient.indexOf(client))).toContain(proxyUrl);
  }
  expect(tooWide(run.output)).toEqual([]);

  expect(await run.interrupt()).toBe(0);
  expect(await healthcheck(proxyUrl)).toBe(1);
});

it('ends with status 1 when nothing answers at OPENAI_API_BASE', async () => {
  const run = new Run(['--once'], { OPENAI_API_BASE: `http://127.0.0.1:${await freePort()}/v1` });
  expect(await run.status).toBe(1);
  expect(run.output).toContain('Nothing answers at http://127.0.0.1:');
});

it('ends with status 1 when the proxy does not start', async () => {
  const run = new Run(['--once', '--proxy', 'missing.js'], { PORT: String(await freePort()) });
  expect(await run.status).toBe(1);
  expect(run.output).toContain('The proxy did not start');
});

/** Lines that a terminal of 80 columns would break. */
function tooWide(output: string): string[] {
  return output.split('\n').filter((line) => line.length > 80);
}

/** The demo as a process, and what it has said. */
class Run {
  output = '';
  readonly status: Promise<unknown>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(options: string[], variables: Record<string, string>) {
    this.#child = spawn(process.execPath, [join(REPOSITORY, 'demo/run.ts'), ...options], {
      cwd: home,
      // nothing else of the developer's environment, which may hold credentials and an upstream
      env: { PATH: process.env['PATH'], HOME: home, ...variables },
    });
    this.#child.stdout.on('data', (bytes) => (this.output += String(bytes)));
    this.status = once(this.#child, 'close').then(([status]) => status as unknown);
    runs.push(this);
  }

  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) await once(this.#child.stdout, 'data');
  }

  interrupt(): Promise<unknown> {
    this.#child.kill('SIGINT');
    return this.status;
  }
}

/** What the container image asks: the exit status. */
async function healthcheck(proxyUrl: string): Promise<unknown> {
  const { port } = new URL(proxyUrl);
  const child = spawn(process.execPath, [join(home, 'dist/healthcheck.js')], { env: { PORT: port } });
  const [status] = await once(child, 'exit');
  return status;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
