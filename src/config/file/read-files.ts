import { readFile, realpath, stat } from 'node:fs/promises';

/** Reads files and remembers the state that each was in, so that a later change can be told. */
export class ReadFiles {
  readonly #fingerprints = new Map<string, string>();

  /** Path → state just before it was read: what changes in between shows later. */
  get fingerprints(): ReadonlyMap<string, string> {
    return this.#fingerprints;
  }

  /** @throws the error of the file system */
  async read(path: string): Promise<string> {
    this.#fingerprints.set(path, await fingerprint(path));
    return readFile(path, 'utf8');
  }
}

/** Differs when the content may have changed, or when a symbolic link on the way leads elsewhere. */
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
