import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { Refusal } from './refusal.ts';

const BYTES_PER_MB = 1024 * 1024;
const WASM = import.meta.resolve('@hyzyla/pdfium/pdfium.wasm');

/** Compiled once in a worker. */
let compiled: Promise<WebAssembly.Module> | undefined;

/** The function by which the library asks that its memory has so many bytes. */
type Resize = (bytes: number) => boolean;

/**
 * The library that draws pages, with a memory of its own, which is free when nothing refers to the library. The bound of
 * the worker's heap does not cover it: where it asks for more than `maxBytes`, whatever is being called throws a Refusal.
 */
export async function openPdfium(maxBytes: number): Promise<PDFiumLibrary> {
  compiled ??= readFile(fileURLToPath(WASM)).then((bytes) => WebAssembly.compile(bytes));
  const module = await compiled;
  return PDFiumLibrary.init({
    instantiateWasm(imports, succeed) {
      const { env = {} } = imports;
      const resize = env['emscripten_resize_heap'] as Resize;
      env['emscripten_resize_heap'] = bounded(resize, maxBytes);
      void WebAssembly.instantiate(module, imports).then((instance) => succeed(instance as never));
      return {};
    },
  });
}

/** An exception ends the call: the library does not expect that memory may be denied. */
function bounded(resize: Resize, maxBytes: number): Resize {
  return (bytes) => {
    // the library's number is signed
    if (bytes >>> 0 <= maxBytes) return resize(bytes);
    throw new Refusal(`needs more than ${Math.round(maxBytes / BYTES_PER_MB)} MB to be drawn`);
  };
}
