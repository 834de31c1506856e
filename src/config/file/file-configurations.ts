import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { ConfigReloads } from '../config-reloads.js';
import { Configurations, type Configuration } from '../configuration.js';
import { ConfigFileError } from './config-file.error.js';
import { warningsAbout } from './config-warnings.js';
import { FileWatch } from './file-watch.js';
import { loadConfigFile, type ConfigSources } from './load-config-file.js';
import { ReadFiles } from './read-files.js';

/** The configuration of a file. It is reloaded when the file or a secret changes; an invalid one is not applied. */
export class FileConfigurations extends Configurations implements OnModuleDestroy {
  readonly #logger = new Logger('Configuration');
  readonly #watch: FileWatch;
  #current: Configuration;

  private constructor(
    private readonly sources: ConfigSources,
    private readonly reloads: ConfigReloads,
    { configuration, pollMs }: { configuration: Configuration; pollMs: number | undefined },
  ) {
    super();
    this.#current = configuration;
    this.#watch = new FileWatch(() => this.#reload(), pollMs);
  }

  /**
   * @param pollMs interval of polling, in addition to file system events
   * @throws ConfigFileError
   */
  static async open(
    sources: ConfigSources,
    reloads: ConfigReloads,
    pollMs?: number,
  ): Promise<FileConfigurations> {
    const files = new ReadFiles();
    const configuration = await loadConfigFile(sources, files);
    const configurations = new FileConfigurations(sources, reloads, { configuration, pollMs });
    await configurations.#watch.follow(files.fingerprints);
    configurations.#report([]);
    return configurations;
  }

  override get current(): Configuration {
    return this.#current;
  }

  onModuleDestroy(): void {
    this.#watch.close();
  }

  async #reload(): Promise<void> {
    const files = new ReadFiles();
    const problems = await this.#load(files);
    await this.#watch.follow(files.fingerprints);
    this.#report(problems);
  }

  async #load(files: ReadFiles): Promise<readonly string[]> {
    try {
      const before = this.#current;
      this.#current = await loadConfigFile(this.sources, files, before.upstreams);
      if (before.clients.length > 0 && this.#current.clients.length === 0) {
        this.#logger.warn('No client is left in the configuration: everybody may call');
      }
      return [];
    } catch (error) {
      return error instanceof ConfigFileError
        ? error.problems
        : [`the file cannot be read: ${String(error)}`];
    }
  }

  #report(problems: readonly string[]): void {
    if (problems.length === 0) {
      this.#logger.log(`Configuration in force: ${this.sources.path}`);
      for (const warning of warningsAbout(this.#current)) this.#logger.warn(warning);
    }
    for (const problem of problems) this.#logger.error(`Not in force, the one before stays: ${problem}`);
    this.reloads.report({ at: new Date(), problems });
  }
}
