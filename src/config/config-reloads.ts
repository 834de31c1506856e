import { Injectable } from '@nestjs/common';

/** The result of loading a configuration, including the one at the start. */
export interface ConfigReload {
  readonly at: Date;
  /** Empty: the new configuration is in force. Otherwise the previous one stays. */
  readonly problems: readonly string[];
}

/** Notifies observers whenever the configuration was loaded. */
@Injectable()
export class ConfigReloads {
  readonly #observers = new Set<(reload: ConfigReload) => void>();
  #last: ConfigReload | undefined;

  /**
   * Adds an observer, which is called at once with the last result, if there is one.
   * @returns a function that removes the observer
   */
  observe(observer: (reload: ConfigReload) => void): () => void {
    this.#observers.add(observer);
    if (this.#last !== undefined) observer(this.#last);
    return () => void this.#observers.delete(observer);
  }

  report(reload: ConfigReload): void {
    this.#last = reload;
    for (const observer of this.#observers) observer(reload);
  }
}
