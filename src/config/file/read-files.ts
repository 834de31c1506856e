import { readdir, readFile, realpath, stat } from 'node:fs/promises';

/** Reads files and records the fingerprint of each, so that later changes can be detected. */
export class ReadFiles {
  readonly #fingerprints = new Map<string, string>();

  /** Path → fingerprint just before the file was read, so that a change during the read is detected too. */
  get fingerprints(): ReadonlyMap<string, string> {
    return this.#fingerprints;
  }

  /** @throws the error of the file system */
  async read(path: string): Promise<string> {
    this.#fingerprints.set(path, await fingerprint(path));
    return readFile(path, 'utf8');
  }

  /**
   * The names in a folder, sorted. A file that comes or goes changes the folder's fingerprint.
   * @throws the error of the file system
   */
  async list(folder: string): Promise<string[]> {
    this.#fingerprints.set(folder, await fingerprint(folder));
    return (await readdir(folder)).toSorted();
  }
}

/** A text that differs when the file's content may have changed, or a symbolic link on its path leads elsewhere. */
export async function fingerprint(path: string): Promise<string> {
  try {
    const target = await realpath(path);
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(target, { bigint: true });
    return [target, dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return 'unreadable';
  }
}

/** The reason, such as ENOENT, without the path. */
export function fileErrorToReason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? `cannot be read (${code})` : 'cannot be read';
}
