import { CFB } from '@e965/xlsx';

/** A file of the older Office formats: streams with names. */
interface Container {
  readonly FileIndex: readonly unknown[];
}

interface Containers {
  read(bytes: Buffer, options: { readonly type: 'buffer' }): Container;
  find(container: Container, name: string): { content: Buffer | Uint8Array | undefined } | null;
  write(container: Container, options: { readonly type: 'buffer' }): Buffer;
}

const containers = CFB as Containers; // the library declares no type

/** The streams of a file of the older Office formats. */
export class OleFile {
  readonly #container: Container;

  /** @throws Error when the file is damaged */
  constructor(bytes: Uint8Array) {
    this.#container = containers.read(Buffer.from(bytes), { type: 'buffer' });
  }

  /** Its memory is that of the file: what is written to it is in the bytes. */
  stream(name: string): Buffer | undefined {
    const entry = containers.find(this.#container, name);
    if (entry?.content == null) return undefined;
    const content = Buffer.from(entry.content.buffer, entry.content.byteOffset, entry.content.byteLength);
    entry.content = content;
    return content;
  }

  bytes(): Buffer {
    return containers.write(this.#container, { type: 'buffer' });
  }
}
