/** A line of the log, parsed. */
export type LogLine = Record<string, unknown>;

/** Replaces standard output and records every line. */
export class LogLines {
  readonly lines: LogLine[] = [];
  /** The lines as text. */
  text = '';
  #watchers: (() => void)[] = [];

  write(line: string): void {
    this.text += line;
    this.lines.push(JSON.parse(line) as LogLine); // pino writes JSON objects
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const resolve of watchers) resolve();
  }

  /** Resolves when there are so many. */
  async reach(count: number): Promise<void> {
    while (this.lines.length < count) await this.#change();
  }

  /** The lines of requests so far. */
  get requests(): LogLine[] {
    return this.lines.filter((line) => 'requestId' in line && line['msg'] !== 'prompt');
  }

  /** The line of a request; it comes when the answer is out, which its client may know earlier. */
  async ofRequest(requestId: string | null): Promise<LogLine> {
    return this.find((line) => line['requestId'] === requestId && line['msg'] !== 'prompt');
  }

  /** Resolves to the first such line, when there is one. */
  async find(fits: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.lines.find(fits);
      if (found !== undefined) return found;
      await this.#change();
    }
  }

  clear(): void {
    this.lines.length = 0;
    this.text = '';
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }
}
