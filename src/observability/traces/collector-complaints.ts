const QUIET_MS = 60_000;
const MAX_CHARACTERS = 200;

export interface ComplaintSink {
  /** Logs one line. */
  readonly log: (line: string) => void;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
}

/** Logs the errors of OpenTelemetry, such as an unreachable collector, at most once a minute. */
export class CollectorComplaints {
  #quietUntilMs = -Infinity;
  #suppressed = 0;

  constructor(private readonly sink: ComplaintSink) {}

  /** @param message of OpenTelemetry: a text, or an error as JSON */
  readonly record = (message: string): void => {
    const nowMs = this.sink.now();
    if (nowMs < this.#quietUntilMs) {
      this.#suppressed += 1;
      return;
    }
    const suppressed = this.#suppressed === 0 ? '' : ` (and ${this.#suppressed} times before)`;
    this.#quietUntilMs = nowMs + QUIET_MS;
    this.#suppressed = 0;
    this.sink.log(`Spans are lost: ${reasonOf(message)}${suppressed}`);
  };
}

/** Message and code of the error. Its stack and the collector's answer are left out. */
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
