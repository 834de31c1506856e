import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { ConfigReloads, type ConfigReload } from '../../config/config-reloads.js';

const MS_PER_SECOND = 1000;

/** Whether the configuration on disk is the one in force, and since when. */
@Injectable()
export class ConfigReloadMetrics {
  readonly #successful: Gauge;
  readonly #timestamp: Gauge;

  constructor(registry: Registry, reloads: ConfigReloads) {
    this.#successful = new Gauge({
      name: 'config_last_reload_successful',
      help: 'Whether the last attempt to load the configuration was successful: 1, or 0 while the one before stays in force',
      registers: [registry],
    });
    this.#timestamp = new Gauge({
      name: 'config_last_reload_timestamp_seconds',
      help: 'Unix time at which the configuration in force was loaded',
      registers: [registry],
    });
    reloads.observe((reload) => this.#record(reload));
  }

  #record({ at, mistakes }: ConfigReload): void {
    const isSuccessful = mistakes.length === 0;
    this.#successful.set(isSuccessful ? 1 : 0);
    if (isSuccessful) this.#timestamp.set(at.getTime() / MS_PER_SECOND);
  }
}
