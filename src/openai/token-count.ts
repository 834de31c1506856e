/** The `usage` of an answer without output → its input tokens; undefined when the server does not count them. */
export function tokensOf(usage: unknown): number | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const { prompt_tokens: prompt, total_tokens: total } = usage as Readonly<Record<string, unknown>>;
  return countOf(prompt) ?? countOf(total);
}

/** A positive whole number. Servers that do not count send 0. */
export function countOf(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}
