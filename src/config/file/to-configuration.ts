import { isDeepStrictEqual } from 'node:util';
import type {
  Client,
  Configuration,
  ModelRule,
  RequestMetadataSettings,
  RouteEntry,
  Upstream,
} from '../configuration.js';
import { deepFreeze } from '../deep-freeze.js';
import type { UpstreamDefaults } from '../settings.js';
import type { ClientDto } from './client.dto.js';
import type { ConfigFileDto } from './config-file.dto.js';
import type { ModelRuleDto } from './model-rule.dto.js';
import type { RequestMetadataDto } from './request-metadata.dto.js';
import { toEmbeddingSettings, toRerankSettings } from './to-task-settings.js';
import { toGuardrail } from './to-guardrail.js';
import { toS3 } from './to-s3.js';
import type { PromptDto } from './prompt.dto.js';
import { toPrompt } from './to-prompt.js';
import type { UpstreamDto } from './upstream.dto.js';
import type { WordLists } from './word-lists.js';

export interface ConfigurationContext {
  /** Settings for upstreams that do not set their own. */
  readonly defaults: UpstreamDefaults;
  /** Path of the reference in the file → the secret. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The words of the files that the guardrails refer to. */
  readonly lists: WordLists;
  /** The prompts of the file and of its folder. */
  readonly prompts: readonly PromptDto[];
  /** The upstreams so far. An unchanged upstream stays the same object and keeps its connections. */
  readonly previous: readonly Upstream[];
}

/** A validated file → the configuration. */
export function toConfiguration(file: ConfigFileDto, context: ConfigurationContext): Configuration {
  const upstreams = new Map(
    [...file.upstreams].map(([name, upstream]) => [
      name,
      keepUnchanged(toUpstream(name, upstream, context), context.previous),
    ]),
  );
  return deepFreeze({
    upstreams: [...upstreams.values()],
    models: file.models.map((rule) => toModelRule(rule, upstreams)),
    clients: (file.clients ?? []).map((client, index) =>
      toClient(client, context.secrets.get(`clients.${index}.secretFile`)),
    ),
    ...(file.guardrails != null && {
      guardrails: file.guardrails.map((guardrail) => toGuardrail(guardrail, context.lists)),
    }),
    ...(file.requestMetadata != null && { requestMetadata: toRequestMetadata(file.requestMetadata) }),
    ...(file.s3 != null && { s3: toS3(file.s3, context.secrets) }),
    ...(context.prompts.length > 0 && { prompts: context.prompts.map(toPrompt) }),
    externalHosts: file.auth?.externalHosts ?? [],
    trustForwardedHost: file.auth?.trustForwardedHost ?? false,
  });
}

function keepUnchanged(upstream: Upstream, previous: readonly Upstream[]): Upstream {
  return previous.find((candidate) => isDeepStrictEqual(candidate, upstream)) ?? upstream;
}

function toUpstream(
  name: string,
  upstream: UpstreamDto,
  { defaults, secrets }: ConfigurationContext,
): Upstream {
  const apiKey = secrets.get(`upstreams.${name}.apiKeyEnv`) ?? secrets.get(`upstreams.${name}.apiKeyFile`);
  return {
    name,
    baseUrl: upstream.baseUrl,
    ...(apiKey !== undefined && { apiKey }),
    dialect: upstream.dialect ?? 'generic',
    maxRetries: upstream.maxRetries ?? defaults.maxRetries,
    connectTimeoutMs: upstream.connectTimeoutMs ?? defaults.connectTimeoutMs,
    timeoutMs: upstream.timeoutMs ?? defaults.timeoutMs,
    firstEventTimeoutMs: upstream.firstEventTimeoutMs ?? defaults.firstEventTimeoutMs,
    idleTimeoutMs: upstream.idleTimeoutMs ?? defaults.idleTimeoutMs,
    toolCallStreaming: upstream.toolCallStreaming ?? defaults.toolCallStreaming,
    countTokens: upstream.countTokens ?? defaults.countTokens,
    mediaUrls: upstream.mediaUrls ?? defaults.mediaUrls,
    maxOutputTokens: upstream.maxOutputTokens ?? defaults.maxOutputTokens,
    limits: withoutAbsent({
      concurrent: upstream.maxConcurrency,
      requestsPerMinute: upstream.requestsPerMinute,
    }),
  };
}

function toModelRule(rule: ModelRuleDto, upstreams: ReadonlyMap<string, Upstream>): ModelRule {
  return withoutAbsent({
    match: rule.match,
    ...toRoutes(rule, upstreams),
    defaults: withoutAbsent(rule.defaults ?? {}),
    extraBody: { ...rule.extraBody },
    invokeFormat: rule.invokeFormat,
    embeddings: rule.embeddings && toEmbeddingSettings(rule.embeddings),
    rerank: rule.rerank && toRerankSettings(rule.rerank),
    documents: rule.documents,
    completionMode: rule.completionMode,
  });
}

function toRoutes(
  { route }: ModelRuleDto,
  upstreams: ReadonlyMap<string, Upstream>,
): Pick<ModelRule, 'route' | 'levelRoute'> {
  const hasOptimized = route.some(({ optimized }) => optimized === true);
  const hasTiers = route.some(({ tiers }) => tiers != null);
  const entries = route.flatMap(({ upstream: name, prices, optimized, tiers, ...entry }): RouteEntry[] => {
    const upstream = upstreams.get(name);
    if (upstream === undefined) return [];
    return [
      withoutAbsent({
        ...entry,
        upstream,
        prices: prices && withoutAbsent(prices),
        ...(hasOptimized && { optimized: optimized === true }),
        ...(hasTiers && { tiers: tiers ?? [] }),
      }),
    ];
  });
  const levelRoute = entries.filter((entry) => isForLevel(entry));
  if (levelRoute.length === 0) return { route: entries };
  return { route: entries.filter((entry) => !isForLevel(entry)), levelRoute };
}

/** Whether requests have to ask for the target, by latency or tier. */
export function isForLevel({ optimized, tiers }: Pick<RouteEntry, 'optimized' | 'tiers'>): boolean {
  return optimized === true || (tiers ?? []).length > 0;
}

function toClient(client: ClientDto, secret: string | undefined): Client {
  return withoutAbsent({
    name: client.name,
    models: client.models ?? ['*'],
    prompts: client.prompts,
    limits: withoutAbsent(client.limits ?? {}),
    s3: client.s3,
    accessKeyId: client.accessKeyId,
    secret,
    bearerSha256: client.bearerSha256?.toLowerCase(),
  });
}

function toRequestMetadata({ log, forward, label }: RequestMetadataDto): RequestMetadataSettings {
  return { log: log ?? [], forward: forward ?? [], label: label ?? [] };
}

type Present<Value> = { [Key in keyof Value]: Exclude<Value[Key], null> };

/** Omits members that are undefined or null. Null in the file means "not set". */
function withoutAbsent<Value extends object>(value: Value): Present<Value> {
  const present = Object.entries(value).filter(([, member]) => member != null);
  // the assertion is safe: only members that may be undefined or null are omitted
  return Object.fromEntries(present) as Present<Value>;
}
