import type { UpstreamSettings } from './settings.js';

/** Requests a minute, and at the same time. Absent: no limit. */
export interface Limits {
  readonly requestsPerMinute?: number;
  readonly concurrent?: number;
}

/** One server, by name. Its identity is its connections: the same object is the same pool. */
export interface Upstream extends UpstreamSettings {
  readonly name: string;
  readonly limits: Limits;
}

/** A place to send a call to; without a model, the id that the client used. */
export interface RouteEntry {
  readonly upstream: Upstream;
  readonly model?: string;
}

/** What a request means when it says nothing. */
export interface InferenceDefaults {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
}

/** Model ids that match go along the route: its entries in order of preference. */
export interface ModelRule {
  /** A glob on the model id: of an ARN, on its name behind the first slash, or on all of it where it begins with `arn:`. */
  readonly match: string;
  readonly route: readonly RouteEntry[];
  readonly defaults: InferenceDefaults;
  /** Members of every upstream request, such as `chat_template_kwargs`. */
  readonly extraBody: Readonly<Record<string, unknown>>;
}

/** Somebody who may call, and what proves it. */
export interface Client {
  readonly name: string;
  /** Globs on model ids. */
  readonly models: readonly string[];
  readonly limits: Limits;
  /** For SigV4. A signature can only be checked with the secret itself. */
  readonly accessKeyId?: string;
  readonly secret?: string;
  /** For bearer keys: hexadecimal SHA-256 of the key. */
  readonly bearerSha256?: string;
}

/** One whole, immutable configuration. */
export interface Configuration {
  readonly upstreams: readonly Upstream[];
  /** First match wins. */
  readonly models: readonly ModelRule[];
  /** None: everybody may call everything. */
  readonly clients: readonly Client[];
  /** Names with ports that clients call this service by, where a load balancer changes the Host header. */
  readonly externalHosts: readonly string[];
  /** `X-Forwarded-Host` may hold the name that was signed: only behind a proxy that sets it itself. */
  readonly trustForwardedHost: boolean;
}

/** The configuration in force. A request asks once and keeps what it got, so that a reload is never half-seen. */
export abstract class Configurations {
  abstract readonly current: Configuration;
}
