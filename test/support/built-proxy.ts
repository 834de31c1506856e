import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const POLL_INTERVAL_MS = 20;
/** A namespace in which the program is process 1, as in a container. */
const UNSHARE = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'];

export const canBeProcess1 = spawnSync('unshare', [...UNSHARE.slice(1), 'true']).status === 0;

/** The built program in a directory of its own: neither `dist` nor a `.env` of the developer matters. */
export class Build implements Disposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'built-'));

  constructor() {
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.directory, 'node_modules'));
    copyFileSync(join(REPOSITORY, 'package.json'), join(this.directory, 'package.json'));
    const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
    const project = join(REPOSITORY, 'tsconfig.build.json');
    const outDir = join(this.directory, 'dist');
    execFileSync(process.execPath, [compiler, '-p', project, '--noCheck', '--outDir', outDir]);
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A process of the built program, started as the container does. */
export class BuiltProxy implements AsyncDisposable {
  readonly url: string;
  /** Resolves to the exit status, or to the signal that ended it. */
  readonly exit: Promise<unknown>;
  readonly #child: ChildProcess;

  static async start(
    build: Build,
    variables: Record<string, string>,
    { asProcess1 = false } = {},
  ): Promise<BuiltProxy> {
    const command = [
      ...(asProcess1 ? UNSHARE : []),
      process.execPath,
      '--disable-proto=delete',
      '--no-concurrent-marking',
    ];
    const proxy = new BuiltProxy([...command, 'dist/main.js'], build, {
      ...variables,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      MANAGEMENT_PORT: String(await freePort()),
    });
    while ((await proxy.status('/health/ready')) !== 200) await pause();
    return proxy;
  }

  private constructor([program = '', ...options]: string[], build: Build, variables: Record<string, string>) {
    this.url = `http://127.0.0.1:${variables['PORT']}`;
    this.#child = spawn(program, options, {
      cwd: build.directory,
      env: { PATH: process.env['PATH'], ...variables },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.exit = once(this.#child, 'exit').then(([status, signal]: unknown[]) => status ?? signal);
  }

  /** Of an answer; undefined where there is none. */
  async status(path: string): Promise<number | undefined> {
    const response = await fetch(this.url + path, { headers: { connection: 'close' } }).catch(
      () => undefined,
    );
    await response?.arrayBuffer();
    return response?.status;
  }

  /** Resolves when it has noticed. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    process.kill(this.#pid, signal);
    while ((await this.status('/health/ready')) === 200) await pause();
  }

  /** Without a look at what becomes of it. */
  kill(signal: NodeJS.Signals): void {
    process.kill(this.#pid, signal);
  }

  async refusesConnections(): Promise<void> {
    while ((await this.status('/health/live')) !== undefined) await pause();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exit;
  }

  /** Seen from here: `unshare` has one child. */
  get #pid(): number {
    const { pid = 0, spawnfile } = this.#child;
    if (spawnfile === process.execPath) return pid;
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port, not a pipe
  server.close();
  await once(server, 'close');
  return port;
}
