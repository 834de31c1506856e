import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { NODE_FLAGS } from '../src/cli/node-flags.ts';

const POLL_INTERVAL_MS = 50;
const START_TIMEOUT_MS = 30_000;

export interface ProxyOptions {
  /** The built program. */
  readonly entry: string;
  readonly port: number;
  readonly upstreamUrl: string;
}

/** The proxy in a process of its own, started as `npm start` does. */
export class Proxy implements AsyncDisposable {
  readonly url: string;
  /** Resolves when the process has ended for any reason. */
  readonly ended: Promise<unknown>;
  readonly #child: ChildProcess;

  /** @throws Error when it does not start */
  static async start(options: ProxyOptions): Promise<Proxy> {
    const proxy = new Proxy(options);
    await proxy.#ready();
    return proxy;
  }

  private constructor({ entry, port, upstreamUrl }: ProxyOptions) {
    const variables = {
      HOST: '127.0.0.1',
      PORT: String(port),
      OPENAI_API_BASE: upstreamUrl,
      DRAIN_DELAY_MS: '0',
      INSPECTOR: 'true',
    };
    const cleartext = { TLS_CERT_FILE: '', TLS_KEY_FILE: '' };
    const { LOG_LEVEL = 'warn', LOG_FORMAT = 'pretty', MANAGEMENT_PORT = '0' } = process.env;
    this.url = `http://127.0.0.1:${port}`;
    this.#child = spawn(process.execPath, [...NODE_FLAGS, entry], {
      env: { ...process.env, ...variables, ...cleartext, LOG_LEVEL, LOG_FORMAT, MANAGEMENT_PORT },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.ended = once(this.#child, 'exit');
    // also when the demo fails: the proxy must not outlive it
    process.once('exit', () => this.#child.kill());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.ended;
  }

  async #ready(): Promise<void> {
    const deadline = AbortSignal.timeout(START_TIMEOUT_MS);
    while (this.#child.exitCode === null && !deadline.aborted) {
      const health = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (health?.ok) return;
      await setTimeout(POLL_INTERVAL_MS);
    }
    this.#child.kill('SIGKILL');
    throw new Error('The proxy did not start; what it said is above.');
  }
}
