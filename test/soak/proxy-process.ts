import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { NODE_FLAGS } from '../../src/cli/node-flags.ts';

/** The resources of the process after a garbage collection. */
export interface Held {
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** The highest resident memory since the process began. */
  readonly peakRssBytes: number;
  /** The longest processor time of a turn of the event loop since the last report. */
  readonly longestTurnMs: number;
  /** Open sockets without the listening one. */
  readonly sockets: number;
  readonly timers: number;
}

const PROBE = new URL('probe.mjs', import.meta.url);
const ENTRY = new URL('../../dist/main.js', import.meta.url);

/** The built proxy in a process of its own, so that only its own memory is measured. */
export class ProxyProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(variables: Record<string, string>): Promise<ProxyProcess> {
    const port = await freePort();
    const child = fork(ENTRY, {
      execArgv: [...NODE_FLAGS, `--import=${PROBE.href}`],
      env: {
        PATH: process.env['PATH'],
        ...variables,
        HOST: '127.0.0.1',
        PORT: String(port),
        MANAGEMENT_PORT: '0',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const proxy = new ProxyProcess(`http://127.0.0.1:${port}`, child);
    await proxy.ready();
    return proxy;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async held(): Promise<Held> {
    const answer = once(this.#child, 'message');
    this.#child.send('held?');
    const [held] = (await answer) as [Held]; // the probe's answer
    return held;
  }

  /** Resolves to the exit status. */
  async stop(): Promise<number | null> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const [status] = (await exited) as [number | null];
    return status;
  }

  /** As a probe sees it. */
  async isReady(): Promise<boolean> {
    const response = await fetch(`${this.url}/health/ready`, { headers: { connection: 'close' } }).catch(
      () => undefined,
    );
    return response?.ok ?? false;
  }

  private async ready(): Promise<void> {
    for (;;) {
      if (await this.isReady()) return;
      if (this.#child.exitCode !== null)
        throw new Error('The proxy did not start: run "npm run build" first.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port, not a pipe
  server.close();
  await once(server, 'close');
  return port;
}
