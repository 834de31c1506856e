import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Ask, AskReply } from './asks.ts';
import { pinned } from './cores.ts';

const START_TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 20;
const STOP_TIMEOUT_MS = 5_000;

export interface ProgramOptions {
  readonly core: number | undefined;
  readonly command: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
  readonly ipc: boolean;
}

/** A process that the benchmark starts, queries and ends. */
export class Program implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  constructor({ core, command, args, env, ipc }: ProgramOptions) {
    // without the developer's environment and the `.env` of the working directory; the access log is discarded
    this.#child = spawn(...pinned(core, command, args), {
      cwd: tmpdir(),
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'ignore', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
    });
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('exit', () => this.#fail(new Error(`${command} ${args.join(' ')} has ended`)));
    this.#child.on('message', (message) => this.#settle(message as AskReply)); // the child sends nothing else
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** @throws Error when the child fails to answer, or ends */
  async ask<Answer>(name: string, value?: unknown): Promise<Answer> {
    if (this.#hasEnded) throw new Error('The process has ended');
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    this.#child.send({ id, name, value } satisfies Ask);
    return (await answer.promise) as Answer; // as the handler of that name returns
  }

  /** Resolves when something answers there. */
  async answers(url: string): Promise<void> {
    const deadline = AbortSignal.timeout(START_TIMEOUT_MS);
    while (!this.#hasEnded && !deadline.aborted) {
      const response = await fetch(url).catch(() => undefined);
      if (response?.ok) return;
      await setTimeout(POLL_INTERVAL_MS);
    }
    throw new Error(`Nothing answers at ${url}; what it said is above.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#hasEnded) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const patience = globalThis.setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(patience);
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #settle({ id, value, error }: AskReply): void {
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) answer?.resolve(value);
    else answer?.reject(new Error(error));
  }

  #fail(error: Error): void {
    for (const answer of this.#waiting.values()) answer.reject(error);
    this.#waiting.clear();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // of a TCP server that listens
  await once(server.close(), 'close');
  return port;
}
