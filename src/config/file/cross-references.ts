import type { ClientDto } from './client.dto.js';
import { COUNTING_DIALECTS, isCountingDialect } from '../token-counting.js';
import { EMPTY_CLIENTS, type ConfigFileDto } from './config-file.dto.js';
import type { RouteEntryDto } from './model-rule.dto.js';
import { isForLevel } from './to-configuration.js';
import type { UpstreamDto } from './upstream.dto.js';

const UPSTREAM_NAME = /^[\w.-]{1,64}$/;

/** Errors that involve several keys of the file: one line each, with its path. */
export function crossReferenceProblems(file: ConfigFileDto): string[] {
  return [...upstreamProblems(file.upstreams), ...routeProblems(file), ...clientProblems(file.clients)];
}

function upstreamProblems(upstreams: ReadonlyMap<string, UpstreamDto>): string[] {
  if (upstreams.size === 0) return ['upstreams: must not be empty'];
  const problems: string[] = [];
  for (const [name, { apiKeyEnv, apiKeyFile, countTokens, dialect }] of upstreams) {
    const path = `upstreams.${name}`;
    if (!UPSTREAM_NAME.test(name))
      problems.push(`${path}: a name is 1 to 64 letters, digits, ".", "_" and "-"`);
    if (apiKeyEnv != null && apiKeyFile != null)
      problems.push(`${path}: apiKeyEnv and apiKeyFile exclude each other`);
    if (countTokens === 'server' && !isCountingDialect(dialect ?? 'generic'))
      problems.push(`${path}.countTokens: the server must be one of ${COUNTING_DIALECTS.join(', ')}`);
  }
  return problems;
}

function routeProblems({ upstreams, models }: ConfigFileDto): string[] {
  return models.flatMap(({ route }, rule) => [
    ...route.flatMap((entry, index) => entryProblems(entry, `models.${rule}.route.${index}`, upstreams)),
    ...(route.length > 0 && route.every((entry) => isForLevel(entry))
      ? [`models.${rule}.route: needs a target without optimized and tiers, for all other requests`]
      : []),
  ]);
}

function entryProblems(
  entry: RouteEntryDto,
  path: string,
  upstreams: ReadonlyMap<string, UpstreamDto>,
): string[] {
  const { upstream, serviceTier } = entry;
  return [
    ...(upstreams.has(upstream) ? [] : [`${path}.upstream: there is no upstream "${upstream}"`]),
    ...(serviceTier == null || isForLevel(entry)
      ? []
      : [`${path}.serviceTier: needs optimized or tiers beside it; for all requests, use extraBody`]),
  ];
}

/** `clients:` without a value, as when every entry is commented out, must not count as left out. */
function clientProblems(clients: readonly ClientDto[] | null | undefined): string[] {
  if (clients === undefined) return [];
  if (clients === null) return [`clients: ${EMPTY_CLIENTS}`];
  return [
    ...clients.flatMap((client, index) => credentialProblems(client, `clients.${index}`)),
    ...sharedValues(clients, 'name'),
    ...sharedValues(clients, 'accessKeyId'),
    ...sharedValues(clients, 'bearerSha256'),
  ];
}

function credentialProblems(client: ClientDto, path: string): string[] {
  const { accessKeyId, secretFile, bearerSha256 } = client;
  if (accessKeyId == null && secretFile == null && bearerSha256 == null) {
    return [`${path}: needs an accessKeyId and its secretFile, or a bearerSha256`];
  }
  if (accessKeyId != null && secretFile == null) return [`${path}.secretFile: is missing beside accessKeyId`];
  if (secretFile != null && accessKeyId == null) return [`${path}.accessKeyId: is missing beside secretFile`];
  return [];
}

function sharedValues(clients: readonly ClientDto[], key: 'name' | 'accessKeyId' | 'bearerSha256'): string[] {
  const owners = new Map<string, number>();
  return clients.flatMap((client, index) => {
    const value = key === 'bearerSha256' ? client[key]?.toLowerCase() : client[key];
    if (value == null) return [];
    const owner = owners.get(value);
    if (owner !== undefined) return [`clients.${index}.${key}: is that of clients.${owner} too`];
    owners.set(value, index);
    return [];
  });
}
