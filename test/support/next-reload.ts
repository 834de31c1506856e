import { ConfigReloads } from '../../src/config/config-reloads.js';
import type { RunningProxy } from './proxy.js';

/** Resolves when the configuration file has been reloaded. */
export async function nextReload({ app }: RunningProxy): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // an observer is called at once with the last result
  let isLast = true;
  const stop = app.get(ConfigReloads).observe(() => {
    if (!isLast) resolve();
  });
  isLast = false;
  await promise;
  stop();
}
