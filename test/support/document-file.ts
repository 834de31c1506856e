import { existsSync, readdirSync, readFileSync } from 'node:fs';

const DIRECTORY = new URL('../documents/', import.meta.url);

/** A document of `test/documents`, and what it must become. */
export interface DocumentFile {
  readonly name: string;
  readonly format: string;
  readonly bytes: Buffer;
  /** Whether text is left out because the document hides it. */
  readonly leavesOutHidden: boolean;
  /** Its text, or why it is refused. */
  readonly expected: { readonly text: string } | { readonly refusal: string };
}

interface Maker {
  readonly format: string;
  readonly leavesOutHidden?: boolean;
  readonly make: () => Buffer | Promise<Buffer>;
}

export function readDocumentFiles(): Promise<DocumentFile[]> {
  return Promise.all(readdirSync(DIRECTORY).map(readDocumentFile));
}

async function readDocumentFile(name: string): Promise<DocumentFile> {
  const maker = (await import(new URL(`${name}/make.ts`, DIRECTORY).href)) as Maker; // the folder's own module
  const { format, leavesOutHidden = false } = maker;
  return { name, format, leavesOutHidden, bytes: await maker.make(), expected: expectedOf(name) };
}

function expectedOf(name: string): DocumentFile['expected'] {
  const read = (file: string): string => readFileSync(new URL(`${name}/${file}`, DIRECTORY), 'utf8').trim();
  const isRefused = existsSync(new URL(`${name}/refusal.txt`, DIRECTORY));
  return isRefused ? { refusal: read('refusal.txt') } : { text: read('expected.txt') };
}
