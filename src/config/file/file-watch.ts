import { watch, type FSWatcher } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fingerprint } from './read-files.js';

/** Network mounts and some container volumes send no change events, so files are polled too. */
const POLL_MS = 5_000;
/** A change causes several events, and writers truncate a file before they write it. */
const SETTLE_MS = 100;

/**
 * Calls back when files may have changed. It watches their directories, because editors replace a file and Kubernetes
 * replaces a symbolic link next to it. It does not keep the process alive.
 */
export class FileWatch {
  #fingerprints: ReadonlyMap<string, string> = new Map();
  #watchers: FSWatcher[] = [];
  #settling: NodeJS.Timeout | undefined;
  #isChecking = false;
  #isCheckWanted = false;
  #isClosed = false;
  readonly #polling: NodeJS.Timeout;

  /** @param onChange must not reject. The next check waits until it is done. */
  constructor(
    private readonly onChange: () => Promise<void>,
    pollMs = POLL_MS,
  ) {
    this.#polling = setInterval(() => void this.#check(), pollMs).unref();
  }

  /** Watches these files. A file that already differs from its fingerprint counts as changed. */
  async follow(fingerprints: ReadonlyMap<string, string>): Promise<void> {
    this.#fingerprints = fingerprints;
    const directories = await directoriesOf(fingerprints.keys());
    this.#closeWatchers();
    // created anew each time, because a directory may have been replaced under the same name
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
      // e.g. when the directory was removed; polling continues
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

/**
 * The directories of the paths themselves and of the files that they link to. A folder among the paths is watched by way
 * of the files in it; while it is empty, it is only polled.
 */
async function directoriesOf(paths: Iterable<string>): Promise<string[]> {
  const directories = new Set<string>();
  for (const path of paths) {
    directories.add(dirname(path));
    directories.add(dirname(await realpath(path).catch(() => path)));
  }
  return [...directories];
}
