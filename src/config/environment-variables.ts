/** Reads variables whose names are not fixed, such as those that a configuration file refers to. */
export class EnvironmentVariables {
  readonly #read = new Set<string>();

  /** @param variables the environment, and `.env` for variables that it does not set */
  constructor(private readonly variables: Readonly<Record<string, unknown>>) {}

  /** Names of variables that are set and have not been read. */
  get unread(): string[] {
    return Object.keys(this.variables).filter((name) => this.variables[name] !== '' && !this.#read.has(name));
  }

  /** The value of a variable. An empty one counts as unset. */
  read(name: string): string | undefined {
    this.#read.add(name);
    const value = Object.hasOwn(this.variables, name) ? this.variables[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
}
