import { write, writeSync } from 'node:fs';

const STANDARD_OUTPUT = 1;
/** Lines of so long are written at once: a system call for each would cost as much as making it. */
const GATHER_MS = 50;
const GATHER_CHARACTERS = 32_768;
/** What is kept for a reader that does not read; further lines are lost, and counted. */
const MAX_WAITING_CHARACTERS = 8 * 1024 * 1024;
/** Until a full pipe is tried again: it holds 64 kB. */
const BUSY_MS = 5;

/** Lines → a file descriptor, in the background. What is left when the process exits is written then. */
export class LogOutput {
  private waiting = '';
  private lostLines = 0;
  private isWriting = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly descriptor: number) {
    process.on('exit', this.finish);
  }

  /** A line ends with a line feed. */
  write(line: string): void {
    if (this.waiting.length > MAX_WAITING_CHARACTERS) {
      this.lostLines += 1;
      return;
    }
    this.waiting += line;
    this.gather();
  }

  /** Writes what is left, before it returns: for the end of the process. */
  readonly finish = (): void => {
    clearTimeout(this.timer);
    try {
      for (let rest = this.take(); rest.length > 0;) {
        rest = rest.subarray(writeSync(this.descriptor, rest));
      }
    } catch {
      // nobody reads any more
    }
  };

  private gather(): void {
    if (this.isWriting || this.waiting === '') return;
    if (this.waiting.length > GATHER_CHARACTERS) this.writeOut();
    else this.timer ??= setTimeout(() => this.writeOut(), GATHER_MS).unref();
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
      this.gather();
    });
  }
}

let standard: LogOutput | undefined;

/** A process has one. */
export function standardOutput(): LogOutput {
  standard ??= new LogOutput(STANDARD_OUTPUT);
  return standard;
}
