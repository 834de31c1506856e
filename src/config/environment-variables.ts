/** Variables by names that the proxy does not know before, such as those that a configuration file refers to. */
export class EnvironmentVariables {
  /** @param variables the environment and, for what it leaves unset, `.env` */
  constructor(private readonly variables: Readonly<Record<string, unknown>>) {}

  /** An empty variable counts as unset. */
  read(name: string): string | undefined {
    const value = Object.hasOwn(this.variables, name) ? this.variables[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
}
