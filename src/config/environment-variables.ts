/** Variables by names that the proxy does not know before, such as those that a configuration file refers to. */
export class EnvironmentVariables {
  readonly #asked = new Set<string>();

  /** @param variables the environment and, for what it leaves unset, `.env` */
  constructor(private readonly variables: Readonly<Record<string, unknown>>) {}

  /** Those that are set and that nobody has read by name. */
  get unread(): string[] {
    return Object.keys(this.variables).filter(
      (name) => this.variables[name] !== '' && !this.#asked.has(name),
    );
  }

  /** An empty variable counts as unset. */
  read(name: string): string | undefined {
    this.#asked.add(name);
    const value = Object.hasOwn(this.variables, name) ? this.variables[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
}
