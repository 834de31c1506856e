import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const TEST_TIMEOUT_MS = 30_000;

/** A working directory of its own, with a build in it: neither `dist` nor a `.env` of the developer matters. */
let home: string;
const started: ChildProcess[] = [];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'demo-'));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(home, 'node_modules'));
  copyFileSync(join(REPOSITORY, 'package.json'), join(home, 'package.json'));
  const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  const project = join(REPOSITORY, 'tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '-p', project, '--noCheck', '--outDir', join(home, 'dist')]);
}, TEST_TIMEOUT_MS);

afterAll(() => {
  for (const demo of started) demo.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

it(
  'shows three exchanges through the official SDK, then ends',
  async () => {
    const { output, status } = await ended(demo(['--once'], { PORT: String(await freePort()) }));
    expect(output).toContain('This upstream is a stand-in inside the demo');
    expect(inOrder(output, ['1. A plain question', "text: 'Paris is the capital of France.'"])).toBe(true);
    expect(inOrder(output, ['2. A tool call', "role: 'tool'", 'The tool says: celsius 21, sky clear.'])).toBe(
      true,
    );
    expect(
      inOrder(output, ['3. A streamed answer', 'stream: true', 'One, two, three, four, five.', "'end_turn'"]),
    ).toBe(true);
    expect(output).not.toContain('Failed');
    expect(status).toBe(0);
  },
  TEST_TIMEOUT_MS,
);

it(
  'goes on until it is interrupted, beside whatever has the port, and leaves nothing behind',
  async () => {
    const holder = createServer();
    await once(holder.listen(0, '127.0.0.1'), 'listening');
    const process = demo([], { PORT: String(portOf(holder)) });
    const output = await said(process, 'Ctrl-C ends it');
    expect(output).toContain(`Port ${portOf(holder)} is taken`);
    const proxyUrl = /Proxy: (\S+)/.exec(output)?.[1] ?? '';
    const yourClient = output.slice(output.indexOf('Now from a client of your own'));
    expect(yourClient.split(proxyUrl)).toHaveLength(6);
    expect((await fetch(`${proxyUrl}/health/ready`)).status).toBe(200);

    process.kill('SIGINT');
    expect(await ended(process)).toMatchObject({ status: 0 });
    await expect(fetch(proxyUrl)).rejects.toThrow('fetch failed');
    holder.close();
  },
  TEST_TIMEOUT_MS,
);

it.each([
  ['nothing answers there', 'Nothing answers at'],
  ['the proxy is not built', 'The proxy did not start'],
])('ends with a status of its own when %s', async (_, message) => {
  const unused = `http://127.0.0.1:${await freePort()}/v1`;
  const process = message.startsWith('Nothing')
    ? demo(['--once'], { OPENAI_API_BASE: unused })
    : demo(['--once', '--proxy', 'missing.js'], { PORT: String(await freePort()) });
  const { output, status } = await ended(process);
  expect(output).toContain(message);
  expect(status).toBe(1);
});

function demo(options: string[], variables: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [join(REPOSITORY, 'demo/run.ts'), ...options], {
    cwd: home,
    // nothing else of the developer's environment, which may hold credentials and an upstream
    env: { PATH: process.env['PATH'], HOME: home, ...variables },
  });
  started.push(child);
  return child;
}

/** Everything it says until `text`, or until its end. */
async function said(child: ChildProcess, text: string): Promise<string> {
  let output = '';
  for await (const bytes of child.stdout ?? []) {
    output += String(bytes);
    if (output.includes(text)) break;
  }
  return output;
}

async function ended(child: ChildProcess): Promise<{ output: string; status: unknown }> {
  const exit = once(child, 'exit');
  const output = await said(child, '\0');
  const [status] = await exit;
  return { output, status };
}

function inOrder(output: string, texts: string[]): boolean {
  const places = texts.map((text) => output.indexOf(text));
  return !places.includes(-1) && places.every((place, index) => place >= (places[index - 1] ?? 0));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const port = portOf(server);
  server.close();
  return port;
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
