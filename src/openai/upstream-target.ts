import type {
  EmbeddingSettings,
  InferenceDefaults,
  Prices,
  RequestMetadataSettings,
  RerankSettings,
  Upstream,
} from '../config/configuration.js';
import type { DocumentMode } from '../config/document-modes.js';
import type { Dialect } from './dialect.js';

/** The server and model of a call, what the server supports, and the defaults of the request. */
export interface UpstreamTarget {
  readonly upstream: Upstream;
  /** The model name in the upstream request. */
  readonly model: string;
  readonly dialect: Dialect;
  readonly defaults: InferenceDefaults;
  /** Members that are added to the request unless it has them. */
  readonly extraBody: Readonly<Record<string, unknown>>;
  /** Most tokens that the model writes. A request for more gets so many. */
  readonly maxOutputTokens?: number;
  /** How PDF documents are sent. Absent: as they are where the server takes them, otherwise as `auto`. */
  readonly documents?: DocumentMode;
  /** What the model costs. */
  readonly prices?: Prices;
  /** How the server embeds with this model. */
  readonly embeddings?: EmbeddingSettings;
  /** How the server ranks with this model. */
  readonly rerank?: RerankSettings;
  /** Whether it is for requests that ask for low latency. Undefined: the route has no such target. */
  readonly optimized?: boolean;
  /** The service tiers that it is for. Undefined: the route has no target for a tier. */
  readonly tiers?: readonly string[];
  /** The `service_tier` that it gets, in place of the one of the request. */
  readonly serviceTier?: string;
  /** What becomes of the metadata of requests. */
  readonly requestMetadata?: RequestMetadataSettings | undefined;
}
