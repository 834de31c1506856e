import type { Client, Configuration, ModelRule, Upstream } from '../configuration.js';
import type { UpstreamSettings } from '../settings.js';
import type { ClientDto } from './client.dto.js';
import type { ConfigFileDto } from './config-file.dto.js';
import { ConfigMistakes } from './config-mistakes.js';
import type { ModelRuleDto } from './model-rule.dto.js';
import type { Secrets } from './secrets.js';
import type { UpstreamDto } from './upstream.dto.js';

type Report = (mistake: string) => void;

/**
 * A checked file → the configuration that it means: references followed, secrets read.
 * @param defaults for what an upstream leaves out
 * @throws ConfigMistakes
 */
export function toConfiguration(
  file: ConfigFileDto,
  defaults: UpstreamSettings,
  secrets: Secrets,
): Configuration {
  const mistakes: string[] = [];
  const report: Report = (mistake) => void mistakes.push(mistake);
  const upstreams = new Map(
    [...file.upstreams].map(([name, upstream]) => [
      name,
      toUpstream(name, upstream, { defaults, secrets, report }),
    ]),
  );
  const configuration: Configuration = {
    upstreams: [...upstreams.values()],
    models: file.models.map((rule, index) => toModelRule(rule, `models.${index}`, { upstreams, report })),
    clients: (file.clients ?? []).map((client, index) =>
      toClient(client, `clients.${index}`, { secrets, report }),
    ),
    externalHosts: file.auth?.externalHosts ?? [],
    trustForwardedHost: file.auth?.trustForwardedHost ?? false,
  };
  reportShared(configuration.clients, report);
  if (mistakes.length > 0) throw new ConfigMistakes(mistakes);
  return configuration;
}
