import { CFB } from '@e965/xlsx';

/** The container of the older Office formats, as the library reads and writes it. */
interface Containers {
  readonly utils: {
    cfb_new(): object;
    cfb_add(container: object, path: string, content: Buffer): void;
  };
  read(bytes: Buffer, options: { readonly type: 'buffer' }): object;
  find(container: object, path: string): { content: Buffer } | null;
  write(container: object, options: { readonly type: 'buffer' }): Buffer;
}

const containers = CFB as Containers; // the library declares no type

/** Streams by their paths → a file. */
export function oleOf(streams: Readonly<Record<string, Buffer>>): Buffer {
  const container = containers.utils.cfb_new();
  for (const [path, content] of Object.entries(streams)) containers.utils.cfb_add(container, path, content);
  return containers.write(container, { type: 'buffer' });
}

/** A file with another content of one stream. */
export function withStream(bytes: Buffer, path: string, change: (content: Buffer) => Buffer): Buffer {
  const container = containers.read(bytes, { type: 'buffer' });
  const found = containers.find(container, path);
  if (found === null) throw new Error(`The file has no stream ${path}`);
  containers.utils.cfb_add(container, path, change(Buffer.from(found.content)));
  return containers.write(container, { type: 'buffer' });
}
