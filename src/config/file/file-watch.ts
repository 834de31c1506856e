import { watch, type FSWatcher } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fingerprint } from './read-files.js';

/** Some file systems tell of no change: network mounts, some container volumes. */
const POLL_MS = 5_000;
/** A change comes as several events, and a writer truncates first. */
const SETTLE_MS = 100;

/**
 * Tells when files may have changed. It watches their directories, not them: editors put another file in the
 * place of the old one, and Kubernetes exchanges a symbolic link beside it. It never keeps the process alive.
 */
export class FileWatch {
  #fingerprints: ReadonlyMap<string, string> = new Map();
  #watchers: FSWatcher[] = [];
  #settling: NodeJS.Timeout | undefined;
  #isChecking = false;
  #isCheckWanted = false;
  #isClosed = false;
  readonly #polling: NodeJS.Timeout;

  /** @param onChange must not reject; nothing is looked at until it is done */
  constructor(
    private readonly onChange: () => Promise<void>,
    pollMs = POLL_MS,
  ) {
    this.#polling = setInterval(() => void this.#check(), pollMs).unref();
  }

  /** From now on these files count; what differs from these states has changed, also before this call. */
  async follow(fingerprints: ReadonlyMap<string, string>): Promise<void> {
    this.#fingerprints = fingerprints;
    const directories = await directoriesOf(fingerprints.keys());
    this.#closeWatchers();
    // made anew each time, for a directory may be another one under the same name
    if (this.#isClosed) return;
    this.#watchers = directories.flatMap((directory) => this.#watch(directory));
    this.#checkSoon();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#polling);
    clearTimeout(this.#settling);
    this.#closeWatchers();
  }

  #watch(directory: string): FSWatcher[] {
    try {
      const watcher = watch(directory, { persistent: false }, () => this.#checkSoon());
      // such as a removed directory: the polling goes on
      return [watcher.on('error', () => watcher.close())];
    } catch {
      return [];
    }
  }

  #checkSoon(): void {
    clearTimeout(this.#settling);
    if (!this.#isClosed) this.#settling = setTimeout(() => void this.#check(), SETTLE_MS).unref();
  }

  async #check(): Promise<void> {
    this.#isCheckWanted = true;
    if (this.#isChecking) return;
    this.#isChecking = true;
    while (this.#isCheckWanted && !this.#isClosed) {
      this.#isCheckWanted = false;
      if (await this.#hasChanged()) await this.onChange();
    }
    this.#isChecking = false;
  }

  async #hasChanged(): Promise<boolean> {
    for (const [path, before] of this.#fingerprints) {
      if ((await fingerprint(path)) !== before) return !this.#isClosed;
    }
    return false;
  }

  #closeWatchers(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }
}

/** Of the paths as they are written and of what they lead to. */
async function directoriesOf(paths: Iterable<string>): Promise<string[]> {
  const directories = new Set<string>();
  for (const path of paths) {
    directories.add(dirname(path));
    directories.add(dirname(await realpath(path).catch(() => path)));
  }
  return [...directories];
}
