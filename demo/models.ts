const TIMEOUT_MS = 5_000;

/**
 * The first model that an OpenAI-compatible server lists.
 * @throws Error when it lists none
 */
export async function firstModel(baseUrl: string): Promise<string> {
  const key = process.env['OPENAI_API_KEY'];
  const response = await fetch(`${baseUrl}/models`, {
    headers: key ? { authorization: `Bearer ${key}` } : {},
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new Error(`Nothing answers at ${baseUrl} (OPENAI_API_BASE)`, { cause });
  });
  const models = (await response.json().catch(() => undefined)) as { data?: { id: string }[] } | undefined; // the form of OpenAI's list
  const id = models?.data?.[0]?.id;
  if (id === undefined) throw new Error(`${baseUrl}/models lists no model: set DEMO_MODEL to the one to ask`);
  return id;
}
