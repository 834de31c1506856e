import { Injectable } from '@nestjs/common';
import { Configurations, type Configuration } from '../../config/configuration.js';
import { Settings } from '../../config/settings.js';
import { BoundedNames } from './bounded-names.js';

/**
 * Model ids → labels. With a configuration file, the label is the id when the file names it, else the rule that matches
 * it. Without a file every id is sent to the upstream, and the first hundred ids become labels.
 */
@Injectable()
export class ModelNames {
  private readonly unnamed = new BoundedNames();
  private named: ReadonlySet<string> = new Set();
  private namedBy?: Configuration;

  constructor(
    private readonly configurations: Configurations,
    private readonly settings: Settings,
  ) {}

  /** @param rule the glob that matches the id of the request */
  label(model: string, rule: string): string {
    if (this.settings.configFile === undefined) return this.unnamed.accept(model);
    const { current } = this.configurations;
    if (this.namedBy !== current) this.read(current);
    return this.named.has(model) ? model : rule;
  }

  private read(configuration: Configuration): void {
    this.namedBy = configuration;
    const names = configuration.models.flatMap(({ match, route, levelRoute = [] }) => [
      ...(match.includes('*') ? [] : [match]),
      ...[...route, ...levelRoute].flatMap(({ model }) => (model === undefined ? [] : [model])),
    ]);
    this.named = new Set(names);
  }
}
