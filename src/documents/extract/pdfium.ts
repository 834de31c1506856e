import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { PdfiumFunctions } from './pdfium-functions.ts';
import { Refusal } from './refusal.ts';

const BYTES_PER_MB = 1024 * 1024;
const WASM = import.meta.resolve('@hyzyla/pdfium/pdfium.wasm');

/** Compiled once in a worker. */
let compiled: Promise<WebAssembly.Module> | undefined;

/** The function by which the library asks that its memory has so many bytes. */
type Resize = (bytes: number) => boolean;

/** PDFium, ready to be called. */
export interface Pdfium {
  /** Draws pages. */
  readonly library: PDFiumLibrary;
  /** What the library has no methods for. */
  readonly functions: PdfiumFunctions;
}

/** What a document shall be: part of a refusal. */
type Purpose = 'read' | 'drawn';

/**
 * The library that reads PDF, with a memory of its own, which is free when nothing refers to the library. The bound of the
 * worker's heap does not cover it: where it asks for more than `maxBytes`, whatever is being called throws a Refusal.
 */
export async function openPdfium(maxBytes: number, purpose: Purpose): Promise<Pdfium> {
  compiled ??= readFile(fileURLToPath(WASM)).then((bytes) => WebAssembly.compile(bytes));
  const module = await compiled;
  let functions: PdfiumFunctions | undefined;
  const library = await PDFiumLibrary.init({
    instantiateWasm(imports, succeed) {
      const { env = {} } = imports;
      const resize = env['emscripten_resize_heap'] as Resize;
      env['emscripten_resize_heap'] = bounded(resize, maxBytes, purpose);
      const started = WebAssembly.instantiate(module, imports).then((instance) => {
        functions = instance.exports as unknown as PdfiumFunctions; // what the module exports is known
        return instance;
      });
      void started.then((instance) => succeed(instance as never));
      return {};
    },
  });
  if (functions === undefined) throw new Error('PDFium has not been instantiated');
  return { library, functions };
}

/** An exception ends the call: the library does not expect that memory may be denied. */
function bounded(resize: Resize, maxBytes: number, purpose: Purpose): Resize {
  return (bytes) => {
    // the library's number is signed
    if (bytes >>> 0 <= maxBytes) return resize(bytes);
    throw new Refusal(`needs more than ${Math.round(maxBytes / BYTES_PER_MB)} MB to be ${purpose}`);
  };
}
