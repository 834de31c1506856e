import type { Configuration, ModelRule, RouteEntry } from './configuration.js';
import { deepFreeze } from './deep-freeze.js';
import type { Settings } from './settings.js';

/** Settings → the configuration without a file: one upstream for every model, without clients. */
export function settingsToConfiguration(settings: Pick<Settings, 'upstream' | 'modelMap'>): Configuration {
  const upstream = { ...settings.upstream, name: 'openai', limits: {} };
  const mapped = settings.modelMap.map(({ match, model }) => toRule(match, { upstream, model }));
  return deepFreeze({
    upstreams: [upstream],
    models: [...mapped, toRule('*', { upstream })],
    clients: [],
    externalHosts: [],
    trustForwardedHost: false,
  });
}

function toRule(match: string, target: RouteEntry): ModelRule {
  return { match, route: [target], defaults: {}, extraBody: {} };
}
