import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Piscina } from 'piscina';
import { Settings } from '../config/settings.js';
import type { ExtractedDocument, Extraction, ExtractionTask } from './document-formats.js';
import { DocumentError, DocumentOverload } from './document-error.js';
import { ExtractionCache } from './extraction-cache.js';

/** The tests run the sources, which Node reads as they are. */
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const WORKER = new URL(`extract.worker.${EXTENSION}`, import.meta.url);

/** A worker without work ends, so that its memory is free again. */
const IDLE_TIMEOUT_MS = 60_000;
/** Node's code for a worker that has reached its bound of memory. */
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';
const BYTES_PER_MB = 1024 * 1024;

/** A format, and what it is read as. */
export type DocumentKind = Pick<ExtractionTask, 'format' | 'as'>;

/**
 * What documents become: text, or pictures of their pages. They are parsed in workers, which have bounds of memory and time of their own: a document may be
 * built to exhaust its reader. The workers start with the first document.
 */
@Injectable()
export class DocumentReader implements OnApplicationShutdown {
  #pool: Promise<Piscina<ExtractionTask, Extraction>> | undefined;
  readonly #cache: ExtractionCache;

  constructor(private readonly settings: Settings) {
    this.#cache = new ExtractionCache(settings.documents.cacheMb * BYTES_PER_MB);
  }

  /**
   * @param base64 the bytes of the document
   * @throws DocumentError when it cannot be read; DocumentOverload when too many others wait
   */
  async read(kind: DocumentKind, base64: string): Promise<ExtractedDocument> {
    const bytes = Buffer.from(base64, 'base64');
    const key = `${kind.as} ${kind.format} ${await digestOf(bytes)}`;
    const known = this.#cache.get(key);
    const extraction = known ?? (await this.#extract(kind, bytes));
    if (known === undefined) this.#cache.set(key, extraction);
    if ('refusal' in extraction) throw new DocumentError(extraction.refusal);
    return extraction;
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.#pool)?.destroy();
  }

  async #extract(kind: DocumentKind, bytes: Uint8Array<ArrayBuffer>): Promise<Extraction> {
    const { documents } = this.settings;
    const pool = await (this.#pool ??= this.#start());
    if (pool.queueSize >= documents.maxQueue) throw new DocumentOverload();
    const signal = AbortSignal.timeout(documents.timeoutMs);
    try {
      const transferList = ownedBy(bytes);
      return await pool.run({ ...kind, bytes, limits: documents.limits }, { signal, transferList });
    } catch (error) {
      if (signal.aborted) return { refusal: `cannot be read within ${documents.timeoutMs} ms` };
      if (isOutOfMemory(error)) return { refusal: `needs more than ${documents.memoryMb} MB to be read` };
      throw error;
    }
  }

  async #start(): Promise<Piscina<ExtractionTask, Extraction>> {
    const { Piscina } = await import('piscina');
    const { maxWorkers, memoryMb } = this.settings.documents;
    return new Piscina<ExtractionTask, Extraction>({
      filename: WORKER.href,
      name: 'extract',
      minThreads: 0,
      maxThreads: maxWorkers,
      concurrentTasksPerWorker: 1,
      idleTimeout: IDLE_TIMEOUT_MS,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      // an option of the service, such as its inspector, does not concern them; they see none of its keys
      execArgv: [],
      env: {},
      atomics: 'disabled',
      recordTiming: false,
    });
  }
}

/** The memory of the bytes goes to the worker, without a copy. Small buffers share theirs with others. */
function ownedBy(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer[] {
  return bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];
}

/** By the thread pool, because a document may have 24 MB. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64');
}

function isOutOfMemory(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === OUT_OF_MEMORY;
}
