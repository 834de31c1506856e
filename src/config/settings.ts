import type { DialectName } from './dialect-names.js';

export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** Further names of this machine, without port, in lower case. */
  readonly allowedHosts: readonly string[];
  readonly maxBodyBytes: number;
  /** PEM files; absent: cleartext. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly maxConnections: number;
  readonly maxRequestsInFlight: number;
  readonly maxBodyBytesInFlight: number;
  readonly maxAnswerBytesInFlight: number;
  /** From the connection to the end of its first headers. */
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  /** Between two requests. */
  readonly keepAliveTimeoutMs: number;
  /** For a client that reads nothing of what there is for it. */
  readonly clientStallTimeoutMs: number;
  /** After a signal, while load balancers still send requests. */
  readonly drainDelayMs: number;
  /** Then, for the answers that are under way. */
  readonly shutdownTimeoutMs: number;
}

/** From the rarest to the most frequent; each holds those before it. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = 'json' | 'pretty';

export interface LogSettings {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Requests and answers are logged too, at `debug`. */
  readonly prompts: boolean;
}

export interface UpstreamSettings {
  /** As it stands: calls go to `{baseUrl}/chat/completions`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly dialect: DialectName;
  readonly maxRetries: number;
  readonly connectTimeoutMs: number;
  /** For an answer that is not streamed, from the call to its last byte. */
  readonly timeoutMs: number;
  /** For a stream, until its first event. */
  readonly firstEventTimeoutMs: number;
  /** For a stream, between two parsed events. */
  readonly idleTimeoutMs: number;
  /** How a stream shows tool calls: as they come, or each when it is whole. */
  readonly toolCallStreaming: 'live' | 'buffered';
}

/** What an upstream of the configuration file leaves out. Never a key: it belongs to one server. */
export type UpstreamDefaults = Omit<UpstreamSettings, 'baseUrl' | 'apiKey' | 'dialect'>;

export type UnsupportedParameters = 'ignore' | 'reject';

/** What the process was told, in words and units: the injectable noun of this room. */
export class Settings {
  readonly server!: ServerSettings;
  /** Metrics and health, over plain HTTP/1.1. Port 0: any free one. */
  readonly management!: { readonly host: string; readonly port: number };
  readonly log!: LogSettings;
  /** Where spans go, as a base URL; absent: there are none. */
  readonly otlpEndpoint?: string;
  /** Path of a YAML or JSON file; absent: `upstream` is all there is. */
  readonly configFile?: string;
  readonly upstream!: UpstreamSettings;
  /** From a request to its answer, or to the first event of a stream, whoever is asked on the way. */
  readonly routeTimeoutMs!: number;
  /** Where requests are counted by several processes; absent: each counts for itself. */
  readonly redisUrl?: string;
  readonly unsupportedParameters!: UnsupportedParameters;
  /** Silence of a stream, at its start or in the middle, after which keep-alive frames go out; 0: never. */
  readonly streamKeepaliveMs!: number;
}
