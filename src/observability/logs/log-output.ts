import { write, writeSync } from 'node:fs';

const STANDARD_OUTPUT = 1;
/** Lines are collected for this long, or up to this size, and written together: a system call for each is expensive. */
const BATCH_MS = 50;
const BATCH_CHARACTERS = 32_768;
/** The most that is kept while the reader is slow. Further lines are dropped and counted. */
const MAX_WAITING_CHARACTERS = 8 * 1024 * 1024;
/** Time until a full pipe, which holds 64 kB, is tried again. */
const BUSY_MS = 5;

/** Writes lines to a file descriptor in the background, and the rest when the process exits. */
export class LogOutput {
  private waiting = '';
  private lostLines = 0;
  private isWriting = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly descriptor: number) {
    process.on('exit', this.finish);
  }

  /** @param line ends with a line feed */
  write(line: string): void {
    if (this.waiting.length > MAX_WAITING_CHARACTERS) {
      this.lostLines += 1;
      return;
    }
    this.waiting += line;
    this.schedule();
  }

  /** Writes the rest synchronously: for the exit of the process. */
  readonly finish = (): void => {
    clearTimeout(this.timer);
    try {
      for (let rest = this.take(); rest.length > 0;) {
        rest = rest.subarray(writeSync(this.descriptor, rest));
      }
    } catch {
      // the reader is gone
    }
  };

  private schedule(): void {
    if (this.isWriting || this.waiting === '') return;
    if (this.waiting.length > BATCH_CHARACTERS) this.writeOut();
    else this.timer ??= setTimeout(() => this.writeOut(), BATCH_MS).unref();
  }

  private writeOut(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writeRest(this.take());
  }

  private take(): Buffer {
    const lost = this.lostLines > 0 ? `{"level":"warn","msg":"${this.lostLines} log lines were lost"}\n` : '';
    const bytes = Buffer.from(this.waiting + lost);
    this.waiting = '';
    this.lostLines = 0;
    return bytes;
  }

  private writeRest(bytes: Buffer): void {
    this.isWriting = true;
    write(this.descriptor, bytes, (error, written) => {
      const rest = bytes.subarray(written);
      if (error?.code === 'EAGAIN') return void setTimeout(() => this.writeRest(rest), BUSY_MS).unref();
      if (error === null && rest.length > 0) return this.writeRest(rest);
      this.isWriting = false;
      this.schedule();
    });
  }
}

let standard: LogOutput | undefined;

/** The only output of the process to standard output. */
export function standardOutput(): LogOutput {
  standard ??= new LogOutput(STANDARD_OUTPUT);
  return standard;
}
