import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ConfigReloads } from '../config/config-reloads.js';
import { Configurations } from '../config/configuration.js';
import { unroutedPrompts } from './unrouted-prompts.js';

/** Warns of prompts without a route, at the start and after each reload. */
@Injectable()
export class PromptRoutes implements OnModuleDestroy {
  readonly #logger = new Logger('Configuration');
  readonly #stop: () => void;

  constructor(reloads: ConfigReloads, configurations: Configurations) {
    this.#stop = reloads.observe(({ problems }) => {
      if (problems.length > 0) return;
      for (const warning of unroutedPrompts(configurations.current)) this.#logger.warn(warning);
    });
  }

  onModuleDestroy(): void {
    this.#stop();
  }
}
