/** How one client did in one respect. */
export interface Check {
  readonly client: string;
  readonly version: string;
  readonly check: string;
  /** What went wrong; null when nothing did. */
  readonly error: string | null;
}

/** Runs a check; an error is its result. */
export async function checked(
  { client, version }: Pick<Check, 'client' | 'version'>,
  check: string,
  run: () => Promise<void>,
): Promise<Check> {
  try {
    await run();
    return { client, version, check, error: null };
  } catch (error) {
    return { client, version, check, error: error instanceof Error ? error.message : String(error) };
  }
}

export function expectText(found: string, wanted: string): void {
  if (!found.includes(wanted)) throw new Error(`"${wanted}" is missing in: ${found.slice(0, 500)}`);
}
