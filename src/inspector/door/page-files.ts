import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** The built page beside the service. */
const DIRECTORY = new URL('../page/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
}

/** Path below `/inspector` → file. The files are read at the start, so no path of a request reaches the file system. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  // a service that was compiled without the page has none
  if (!existsSync(DIRECTORY)) return files;
  for (const name of readdirSync(DIRECTORY, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(name)];
    const path = name === 'index.html' ? '' : `/${name.replaceAll('\\', '/')}`;
    if (type !== undefined) files.set(path, { type, content: readFileSync(new URL(name, DIRECTORY)) });
  }
  return files;
}
