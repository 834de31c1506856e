import {
  spawn,
  type ChildProcessWithoutNullStreams,
  type SpawnOptionsWithoutStdio,
} from 'node:child_process';
import { once } from 'node:events';
import { COMPILE_CACHE } from './compile-cache.js';

/** A process, and its output on both streams. */
export class ProcessOutput implements AsyncDisposable {
  text = '';
  /** Resolves to the exit status, or to the signal that ended it, after all output was read. */
  readonly exit: Promise<unknown>;
  readonly #child: ChildProcessWithoutNullStreams;
  #watchers: (() => void)[] = [];

  constructor(program: string, options: readonly string[], { cwd, env }: SpawnOptionsWithoutStdio) {
    // a group of its own, so that its children can be ended with it
    this.#child = spawn(program, options, { cwd, env: { ...COMPILE_CACHE, ...env }, detached: true });
    for (const output of [this.#child.stdout, this.#child.stderr]) {
      output.on('data', (bytes: Buffer) => {
        this.text += bytes.toString();
        this.#wake();
      });
    }
    this.exit = once(this.#child, 'close').then(([status, signal]: unknown[]) => status ?? signal);
    this.#child.once('close', () => this.#wake());
  }

  get lines(): string[] {
    return this.text.split(/\r?\n/).filter((line) => line !== '');
  }

  /** Resolves when it has said so, so often. */
  async says(pattern: RegExp, times = 1): Promise<void> {
    const all = new RegExp(pattern, 'g');
    while ([...this.text.matchAll(all)].length < times) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`It ended, and had said:\n${this.text}`);
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  /** As from a keyboard. */
  type(text: string): void {
    this.#child.stdin.write(text);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.pid !== undefined) {
      process.kill(-this.#child.pid, 'SIGKILL');
    }
    await this.exit;
  }

  #wake(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const resolve of watchers) resolve();
  }
}
