import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { NODE_FLAGS } from '../../src/cli/node-flags.js';
import type { Build } from './build.js';
import { COMPILE_CACHE } from './compile-cache.js';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** Runs the program as process 1 of a namespace, as in a container. */
const UNSHARE = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'];

const KB_PER_MB = 1024;

const TURN_PROBE = new URL('turn-probe.mjs', import.meta.url);

export const canBeProcess1 = spawnSync('unshare', [...UNSHARE.slice(1), 'true']).status === 0;

/** A process of the built program, started as the container does. */
export class BuiltProxy implements AsyncDisposable {
  readonly url: string;
  /** Resolves to the exit status, or to the signal that ended it. */
  readonly exit: Promise<unknown>;
  readonly #child: ChildProcess;

  static async start(
    build: Build,
    variables: Record<string, string>,
    { asProcess1 = false, measured = false } = {},
  ): Promise<BuiltProxy> {
    // the launcher takes the place of itself, and does not hand on the channel that the probe speaks over
    const program = measured
      ? [...NODE_FLAGS, `--import=${TURN_PROBE.href}`, 'dist/main.js']
      : ['dist/launch.js'];
    const command = [...(asProcess1 ? UNSHARE : []), process.execPath, ...program];
    const ports = { PORT: String(await freePort()), MANAGEMENT_PORT: String(await freePort()) };
    const environment = {
      PATH: process.env['PATH'],
      ...COMPILE_CACHE,
      ...variables,
      HOST: '127.0.0.1',
      ...ports,
    };
    const proxy = new BuiltProxy(`http://127.0.0.1:${ports.PORT}`, command, {
      cwd: build.directory,
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit', measured ? 'ipc' : 'ignore'],
    });
    await until(async () => proxy.hasEnded || (await proxy.status('/health/ready')) === 200);
    if (proxy.hasEnded) throw new Error(`the program ended: ${String(await proxy.exit)}`);
    return proxy;
  }

  private constructor(url: string, [program = '', ...args]: string[], options: SpawnOptions) {
    this.url = url;
    this.#child = spawn(program, args, options);
    this.exit = once(this.#child, 'exit').then(([status, signal]: unknown[]) => status ?? signal);
  }

  /** The body of an answer; undefined if there is none. */
  async status(path: string): Promise<number | undefined> {
    const response = await fetch(this.url + path, { headers: { connection: 'close' } }).catch(
      () => undefined,
    );
    await response?.arrayBuffer();
    return response?.status;
  }

  /** The longest turn of its event loop from now until the work has ended, in ms of CPU time. It must be `measured`. */
  async longestTurnMs(work: () => Promise<void>): Promise<number> {
    await this.#askProbe('turn');
    await work();
    return (await this.#askProbe('turn')) as number;
  }

  /** The most memory of all its threads until the work has ended, in MB above what they take now. From Linux. */
  async peakGrowthMb(work: () => Promise<void>): Promise<number> {
    const memoryKb = (name: string): number => {
      const status = readFileSync(`/proc/${this.#pid}/status`, 'utf8');
      return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
    };
    // the peak becomes what is used now
    writeFileSync(`/proc/${this.#pid}/clear_refs`, '5');
    const beforeKb = memoryKb('VmRSS');
    await work();
    return (memoryKb('VmHWM') - beforeKb) / KB_PER_MB;
  }

  /** The packages that its main thread has loaded so far. It must be `measured`. */
  async packages(): Promise<string[]> {
    return (await this.#askProbe('packages')) as string[];
  }

  /** Resolves when the process has noticed the signal. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    process.kill(this.#pid, signal);
    await until(async () => (await this.status('/health/ready')) !== 200);
  }

  /** Sends the signal without waiting for its effect. */
  kill(signal: NodeJS.Signals): void {
    process.kill(this.#pid, signal);
  }

  async refusesConnections(): Promise<void> {
    await until(async () => (await this.status('/health/live')) === undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exit;
  }

  /** The answer is as `turn-probe.mjs` says. */
  async #askProbe(question: 'turn' | 'packages'): Promise<unknown> {
    const answer = once(this.#child, 'message');
    this.#child.send(question);
    const [told] = (await answer) as [unknown];
    return told;
  }

  private get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Seen from here: `unshare` has one child. */
  get #pid(): number {
    const { pid = 0, spawnfile } = this.#child;
    if (spawnfile === process.execPath) return pid;
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  }
}
