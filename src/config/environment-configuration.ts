import type { Configuration } from './configuration.js';
import { deepFreeze } from './deep-freeze.js';
import type { UpstreamSettings } from './settings.js';

/** Settings → the configuration without a file: one upstream for every model, without clients. */
export function settingsToConfiguration(settings: UpstreamSettings): Configuration {
  const upstream = { ...settings, name: 'openai', limits: {} };
  return deepFreeze({
    upstreams: [upstream],
    models: [{ match: '*', route: [{ upstream }], defaults: {}, extraBody: {} }],
    clients: [],
    externalHosts: [],
    trustForwardedHost: false,
  });
}
