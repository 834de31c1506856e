import type { CompletionMode } from './completion-modes.js';
import type { DocumentMode } from './document-modes.js';
import type { InvokeFormatName } from './invoke-format-names.js';
import type { GuardrailSettings } from './guardrail.js';
import type { S3Settings } from './s3.js';
import type { PromptSettings } from './prompt.js';
import type { RoutedTier } from './service-tiers.js';
import type { UpstreamSettings } from './settings.js';

/** Limits of requests per minute and of concurrent requests. Absent: no limit. */
export interface Limits {
  readonly requestsPerMinute?: number;
  readonly concurrent?: number;
}

/** One server. Its connection pool belongs to this object: as long as the object stays, so do the connections. */
export interface Upstream extends UpstreamSettings {
  readonly name: string;
  readonly limits: Limits;
}

/** Prices of a million tokens. */
export interface Prices {
  readonly input: number;
  /** Absent: as `input`. */
  readonly cachedInput?: number;
  readonly output: number;
  /** Its code: `USD`. */
  readonly currency: string;
}

/** A target of a route. Without `model`, the upstream gets the client's model id. */
export interface RouteEntry {
  readonly upstream: Upstream;
  readonly model?: string;
  /** Most tokens that the model writes there. Absent: as many as the upstream says. */
  readonly maxOutputTokens?: number;
  /** What the model costs there. Absent: nobody counts it. */
  readonly prices?: Prices;
  /** For requests with `performanceConfig.latency: optimized`. Absent: the route has no such target. */
  readonly optimized?: boolean;
  /** For requests with one of these tiers. Absent: the route has no target for a tier. */
  readonly tiers?: readonly RoutedTier[];
  /** The `service_tier` that is sent there, in place of the one of the request. */
  readonly serviceTier?: string;
}

/** Inference parameters for requests that do not set them. */
export interface InferenceDefaults {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
}

/** The purposes of an embedding, in Cohere's words. */
type EmbeddingPurpose = 'search_document' | 'search_query' | 'classification' | 'clustering';

/** How an upstream embeds with the models of a rule. */
export interface EmbeddingSettings {
  /** Purpose → the text that goes before each input. */
  readonly inputTypes: Readonly<Partial<Record<EmbeddingPurpose, string>>>;
  /** Purpose → the value of `input_type` in the upstream request. */
  readonly inputTypeValues: Readonly<Partial<Record<EmbeddingPurpose, string>>>;
  /** Most inputs of one upstream request. Absent: no limit. */
  readonly maxBatch?: number;
  /** What happens to a number of dimensions that the client asks for: it is sent, cut here, or refused. */
  readonly dimensions: 'pass' | 'cut' | 'refuse';
  /** How images are sent: not at all, as chat messages, or as inputs. */
  readonly images: 'none' | 'messages' | 'input';
  /** Types other than floats that the server gives when `output_dtype` asks for them. */
  readonly outputTypes: readonly ('int8' | 'uint8')[];
}

/** How an upstream ranks with the models of a rule. */
export interface RerankSettings {
  /** Path of the endpoint below the base URL. */
  readonly path: `/${string}`;
  /** Which scores go through the sigmoid: those of an answer that leaves 0…1, all, or none. */
  readonly scores: 'auto' | 'sigmoid' | 'asIs';
}

/** Routes the model ids that match. The entries of the route are in order of preference. */
export interface ModelRule {
  /** A glob on the model id. For an ARN it applies to the name after the first slash, or to the whole ARN if the glob begins with `arn:`. */
  readonly match: string;
  readonly route: readonly RouteEntry[];
  /** Entries that are called first for a latency or a tier that a request asks for, and not for other requests. */
  readonly levelRoute?: readonly RouteEntry[];
  readonly defaults: InferenceDefaults;
  /** Members added to every upstream request, such as `chat_template_kwargs`. */
  readonly extraBody: Readonly<Record<string, unknown>>;
  /** The native format of InvokeModel bodies. Absent: the body tells it, then the model id. */
  readonly invokeFormat?: InvokeFormatName;
  /** Set for models that embed. */
  readonly embeddings?: EmbeddingSettings;
  /** Set for models that rank documents. */
  readonly rerank?: RerankSettings;
  /** How PDF documents are sent. Absent: as they are where the server takes them, otherwise as `auto`. */
  readonly documents?: DocumentMode;
  /** How the prompts of InvokeModel are sent. Absent: as messages. */
  readonly completionMode?: CompletionMode;
}

/** A client that may call, and its credentials. */
export interface Client {
  readonly name: string;
  /** Globs on model ids. */
  readonly models: readonly string[];
  /** Globs on the ids of prompts, or on `id:version`. Absent: every prompt. */
  readonly prompts?: readonly string[];
  readonly limits: Limits;
  /** What it may read from S3: `bucket`, or `bucket/prefix/`. Absent: nothing. */
  readonly s3?: readonly string[];
  /** For SigV4, which can only be verified with the secret itself. */
  readonly accessKeyId?: string;
  readonly secret?: string;
  /** For bearer keys: the SHA-256 of the key in hexadecimal. */
  readonly bearerSha256?: string;
}

/** One whole, immutable configuration. */
export interface Configuration {
  readonly upstreams: readonly Upstream[];
  /** First match wins. */
  readonly models: readonly ModelRule[];
  /** Empty: everybody may call every model. */
  readonly clients: readonly Client[];
  /** Absent: no guardrails, so requests that name one are answered without it. */
  readonly guardrails?: readonly GuardrailSettings[];
  /** Absent: request metadata has no effect. */
  readonly requestMetadata?: RequestMetadataSettings;
  /** Absent: requests with an `s3Location` are refused. */
  readonly s3?: S3Settings;
  /** Absent: no prompts. */
  readonly prompts?: readonly PromptSettings[];
  /** Host names with ports that clients use, for load balancers that change the Host header. */
  readonly externalHosts: readonly string[];
  /** Accept `X-Forwarded-Host` as the signed name. Only safe behind a proxy that sets the header itself. */
  readonly trustForwardedHost: boolean;
}

/** What becomes of the `requestMetadata` of requests: keys in each list. */
export interface RequestMetadataSettings {
  /** Keys whose values are in the access log and in spans. */
  readonly log: readonly string[];
  /** Keys whose values are sent to servers that take `metadata`. */
  readonly forward: readonly string[];
  /** Keys whose values are labels of metrics. */
  readonly label: readonly string[];
}

/** Holds the current configuration. A request reads it once, so that a reload does not affect it halfway. */
export abstract class Configurations {
  abstract readonly current: Configuration;
}
