import { Injectable } from '@nestjs/common';
import { Configurations, type Configuration } from '../../config/configuration.js';
import { Settings } from '../../config/settings.js';
import { BoundedNames } from './bounded-names.js';

/**
 * Model ids → labels. With a configuration file: what it names, or the rule that an id fits. Without one every id
 * goes to the upstream, so the first hundred are shown.
 */
@Injectable()
export class ModelNames {
  private readonly strangers = new BoundedNames();
  private named: ReadonlySet<string> = new Set();
  private namedBy?: Configuration;

  constructor(
    private readonly configurations: Configurations,
    private readonly settings: Settings,
  ) {}

  /** @param rule the glob that the id, or the id of the request, fits */
  label(model: string, rule: string): string {
    if (this.settings.configFile === undefined) return this.strangers.accept(model);
    const { current } = this.configurations;
    if (this.namedBy !== current) this.read(current);
    return this.named.has(model) ? model : rule;
  }

  private read(configuration: Configuration): void {
    this.namedBy = configuration;
    const names = configuration.models.flatMap(({ match, route }) => [
      ...(match.includes('*') ? [] : [match]),
      ...route.flatMap(({ model }) => (model === undefined ? [] : [model])),
    ]);
    this.named = new Set(names);
  }
}
