import type { DialectName } from './dialect-names.js';
import type { ModelMapping } from './model-map.js';
import type { TokenCounting } from './token-counting.js';
import type { MediaUrls } from './media-urls.js';

export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** Further host names accepted in the Host header, without port, in lower case. */
  readonly allowedHosts: readonly string[];
  readonly maxBodyBytes: number;
  /** Paths of PEM files. Absent: cleartext. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly maxConnections: number;
  readonly maxRequestsInFlight: number;
  readonly maxBodyBytesInFlight: number;
  readonly maxAnswerBytesInFlight: number;
  /** From the opening of a connection to the end of the first request's headers. */
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  /** Longest idle time of a connection between two requests. */
  readonly keepAliveTimeoutMs: number;
  /** Longest time that a client may leave written data unread. */
  readonly clientStallTimeoutMs: number;
  /** After SIGTERM, the time in which load balancers may still send requests. */
  readonly drainDelayMs: number;
  /** After the drain delay, the time for open requests to finish. */
  readonly shutdownTimeoutMs: number;
}

/** From least to most verbose. Each level includes those before it. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = 'json' | 'pretty';

export interface LogSettings {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Log the bodies of requests and answers, at `debug`. */
  readonly prompts: boolean;
}

export interface UpstreamSettings {
  /** Used unchanged: calls go to `{baseUrl}/chat/completions`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly dialect: DialectName;
  readonly maxRetries: number;
  readonly connectTimeoutMs: number;
  /** For answers that are not streamed: from the call to the last byte. */
  readonly timeoutMs: number;
  /** For streams: from the call to the first event. */
  readonly firstEventTimeoutMs: number;
  /** For streams: between two parsed events. */
  readonly idleTimeoutMs: number;
  /** `live`: a stream passes on tool calls piece by piece. `buffered`: each call once it is complete. */
  readonly toolCallStreaming: 'live' | 'buffered';
  readonly countTokens: TokenCounting;
  readonly mediaUrls: MediaUrls;
  /** Most tokens that its models write, of targets that do not say it themselves. Absent: nobody limits it. */
  readonly maxOutputTokens?: number;
}

/** Defaults for upstreams of the configuration file. They include no key, which belongs to one server. */
export type UpstreamDefaults = Omit<UpstreamSettings, 'baseUrl' | 'apiKey' | 'dialect'>;

export type UnsupportedParameters = 'ignore' | 'reject';

export interface InspectorSettings {
  /** File with the SHA-256 of the operator's key. Absent: no login, which only loopback allows. */
  readonly keyFile?: string;
  readonly maxCalls: number;
  readonly maxBytes: number;
  readonly maxBodyBytes: number;
}

/** How documents are read whose text is extracted. */
export interface DocumentSettings {
  /** Threads that read documents. */
  readonly maxWorkers: number;
  /** The heap of a worker. */
  readonly memoryMb: number;
  /** From the arrival of a document to its text. */
  readonly timeoutMs: number;
  /** Documents that wait for a worker; further ones are refused with 503. */
  readonly maxQueue: number;
  /** Texts that are kept for the next turn of a conversation. */
  readonly cacheMb: number;
  readonly limits: {
    readonly maxPages: number;
    readonly maxPictures: number;
    readonly maxCells: number;
    readonly maxCharacters: number;
    readonly maxExpandedBytes: number;
    readonly onLimit: 'refuse' | 'truncate';
  };
}

/** The settings of the process, read from the environment. Injectable. */
export class Settings {
  readonly server!: ServerSettings;
  /** The listener for metrics and health, plain HTTP/1.1. Port 0: any free port. */
  readonly management!: { readonly host: string; readonly port: number };
  readonly log!: LogSettings;
  /** Undefined while the inspector is off. */
  readonly inspector?: InspectorSettings;
  /** Base URL of the OTLP endpoint for spans. Absent: no tracing. */
  readonly otlpEndpoint?: string;
  /** Path of a YAML or JSON file. Absent: `upstream` is the only upstream. */
  readonly configFile?: string;
  readonly upstream!: UpstreamSettings;
  /** Which of its models answers for which model ids. First match wins; any other id is sent as it is. */
  readonly modelMap!: readonly ModelMapping[];
  /** From a request to its answer or first stream event, over all attempts and targets. */
  readonly routeTimeoutMs!: number;
  /** Redis that several processes share to count requests. Absent: each process counts its own. */
  readonly redisUrl?: string;
  readonly documents!: DocumentSettings;
  readonly unsupportedParameters!: UnsupportedParameters;
  /** Time without events after which a stream sends a keep-alive frame. 0: never. */
  readonly streamKeepaliveMs!: number;
}
