import { Injectable } from '@nestjs/common';

/** One attempt to bring a configuration into force, the one at the start included. */
export interface ConfigReload {
  readonly at: Date;
  /** None: it is in force. Otherwise the one before still is. */
  readonly mistakes: readonly string[];
}

/** Tells whoever wants to know that the configuration was read again. */
@Injectable()
export class ConfigReloads {
  readonly #observers = new Set<(reload: ConfigReload) => void>();
  #last: ConfigReload | undefined;

  /**
   * The observer hears of the last one at once, if there was one.
   * @returns what ends the observing
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
