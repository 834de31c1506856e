const QUIET_MS = 60_000;
const MAX_CHARACTERS = 200;

export interface ComplaintSink {
  /** Takes one line. */
  readonly say: (line: string) => void;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** What OpenTelemetry complains of, such as a collector that is away, as one line, and at most one a minute. */
export class CollectorComplaints {
  #quietUntilMs = -Infinity;
  #unsaid = 0;

  constructor(private readonly sink: ComplaintSink) {}

  /** @param message OpenTelemetry's: a text, or an error as JSON */
  readonly hear = (message: string): void => {
    const nowMs = this.sink.now();
    if (nowMs < this.#quietUntilMs) {
      this.#unsaid += 1;
      return;
    }
    const unsaid = this.#unsaid === 0 ? '' : ` (and ${this.#unsaid} times before)`;
    this.#quietUntilMs = nowMs + QUIET_MS;
    this.#unsaid = 0;
    this.sink.say(`Spans are lost: ${reasonOf(message)}${unsaid}`);
  };
}

/** Of an error its message and code: its stack, and what the collector answered, are left out. */
function reasonOf(message: string): string {
  const error = parsed(message);
  const text = typeof error?.['message'] === 'string' ? error['message'] : message;
  const code = error?.['code'];
  const reason = typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text;
  return reason.slice(0, MAX_CHARACTERS).replaceAll(/\s+/g, ' ');
}

function parsed(message: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
