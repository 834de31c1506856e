/** What a prompt's ARN has after its first slash: `PROMPT1234` or `PROMPT1234:2`. */
const NAME = /^(?<id>[0-9a-zA-Z]{10})(?::(?<version>\d{1,5}))?$/;

/** A prompt that a request names. */
export interface PromptReference {
  readonly id: string;
  /** A number. Absent: the draft. */
  readonly version?: string;
}

/** Undefined for what is no prompt's name. */
export function readPromptName(name: string): PromptReference | undefined {
  const { id, version } = NAME.exec(name)?.groups ?? {};
  if (id === undefined) return undefined;
  return { id, ...(version !== undefined && { version }) };
}
