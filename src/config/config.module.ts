import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import { EnvironmentVariables } from './environment-variables.js';
import { type Environment } from './environment.js';
import { readEnvironment } from './read-environment.js';
import { defaultLogFormat } from './default-log-format.js';
import {
  Settings,
  type DocumentSettings,
  type InspectorSettings,
  type ServerSettings,
  type UpstreamSettings,
} from './settings.js';

const BYTES_PER_MB = 1024 * 1024;

@Module({})
export class ConfigModule {
  /**
   * Reads settings from the environment, and from `.env` for variables that it does not set. Call it once in a process.
   * @throws EnvironmentError
   */
  static forRoot(): DynamicModule {
    let rawVariables: Record<string, unknown> = {};
    return {
      module: ConfigModule,
      global: true,
      imports: [
        NestConfigModule.forRoot({
          // only validated values count: an empty variable of the process is unset
          skipProcessEnv: true,
          validate: (variables) => {
            rawVariables = variables;
            return Object.fromEntries(Object.entries(readEnvironment(variables)));
          },
        }),
      ],
      providers: [
        { provide: EnvironmentVariables, useFactory: () => new EnvironmentVariables(rawVariables) },
        {
          provide: Settings,
          inject: [ConfigService],
          useFactory: (config: ConfigService<Environment, true>): Settings =>
            settingsFrom((name) => config.get(name, { infer: true })),
        },
      ],
      exports: [Settings, EnvironmentVariables],
    };
  }

  /** Provides settings that were read before. */
  static of({ settings, variables }: ReadEnvironment): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: EnvironmentVariables, useValue: variables },
      ],
      exports: [Settings, EnvironmentVariables],
    };
  }
}

export interface ReadEnvironment {
  readonly settings: Settings;
  readonly variables: EnvironmentVariables;
}

/** The value of a variable. */
type Read = <Name extends keyof Environment>(name: Name) => Environment[Name];

function settingsFrom(read: Read): Settings {
  const configFile = read('CONFIG_FILE');
  return {
    server: serverSettingsFrom(read),
    management: { host: read('MANAGEMENT_HOST') ?? read('HOST'), port: read('MANAGEMENT_PORT') },
    log: {
      level: read('LOG_LEVEL'),
      format: read('LOG_FORMAT') ?? defaultLogFormat(),
      prompts: read('LOG_PROMPTS'),
    },
    ...(read('INSPECTOR') && { inspector: inspectorSettingsFrom(read) }),
    otlpEndpoint: read('OTEL_EXPORTER_OTLP_ENDPOINT'),
    ...(configFile !== undefined && { configFile }),
    upstream: upstreamSettingsFrom(read),
    modelMap: read('MODEL_MAP'),
    routeTimeoutMs: read('ROUTE_TIMEOUT_MS'),
    redisUrl: read('REDIS_URL'),
    documents: documentSettingsFrom(read),
    unsupportedParameters: read('UNSUPPORTED_PARAMETERS'),
    streamKeepaliveMs: read('STREAM_KEEPALIVE_MS'),
  };
}

function inspectorSettingsFrom(read: Read): InspectorSettings {
  const keyFile = read('INSPECTOR_KEY_FILE');
  return {
    ...(keyFile !== undefined && { keyFile }),
    maxCalls: read('INSPECTOR_CALLS'),
    maxBytes: Math.floor(read('INSPECTOR_MB') * BYTES_PER_MB),
    maxBodyBytes: Math.floor(read('INSPECTOR_BODY_MB') * BYTES_PER_MB),
  };
}

function documentSettingsFrom(read: Read): DocumentSettings {
  return {
    maxWorkers: read('DOCUMENT_WORKERS'),
    memoryMb: read('DOCUMENT_MEMORY_MB'),
    timeoutMs: read('DOCUMENT_TIMEOUT_MS'),
    maxQueue: read('DOCUMENT_MAX_WAITING'),
    cacheMb: read('DOCUMENT_CACHE_MB'),
    limits: {
      maxPages: read('DOCUMENT_MAX_PAGES'),
      maxPictures: read('DOCUMENT_MAX_PAGE_IMAGES'),
      maxCells: read('DOCUMENT_MAX_CELLS'),
      maxCharacters: read('DOCUMENT_MAX_CHARACTERS'),
      maxExpandedBytes: Math.floor(read('DOCUMENT_MAX_EXPANDED_MB') * BYTES_PER_MB),
      onLimit: read('DOCUMENT_ON_LIMIT'),
    },
  };
}

function serverSettingsFrom(read: Read): ServerSettings {
  const certFile = read('TLS_CERT_FILE');
  const keyFile = read('TLS_KEY_FILE');
  return {
    host: read('HOST'),
    port: read('PORT'),
    allowedHosts: read('ALLOWED_HOSTS'),
    maxBodyBytes: Math.floor(read('MAX_BODY_MB') * BYTES_PER_MB),
    ...(certFile !== undefined && keyFile !== undefined && { tls: { certFile, keyFile } }),
    maxConnections: read('MAX_CONNECTIONS'),
    maxRequestsInFlight: read('MAX_REQUESTS_IN_FLIGHT'),
    maxBodyBytesInFlight: Math.floor(read('MAX_BODY_MB_IN_FLIGHT') * BYTES_PER_MB),
    maxAnswerBytesInFlight: Math.floor(read('MAX_ANSWER_MB_IN_FLIGHT') * BYTES_PER_MB),
    headersTimeoutMs: read('HEADERS_TIMEOUT_MS'),
    bodyTimeoutMs: read('BODY_TIMEOUT_MS'),
    keepAliveTimeoutMs: read('KEEP_ALIVE_TIMEOUT_MS'),
    clientStallTimeoutMs: read('CLIENT_STALL_TIMEOUT_MS'),
    drainDelayMs: read('DRAIN_DELAY_MS'),
    shutdownTimeoutMs: read('SHUTDOWN_TIMEOUT_MS'),
  };
}

function upstreamSettingsFrom(read: Read): UpstreamSettings {
  return {
    baseUrl: read('OPENAI_API_BASE'),
    apiKey: read('OPENAI_API_KEY'),
    dialect: read('OPENAI_DIALECT'),
    maxRetries: read('UPSTREAM_MAX_RETRIES'),
    connectTimeoutMs: read('UPSTREAM_CONNECT_TIMEOUT_MS'),
    timeoutMs: read('UPSTREAM_TIMEOUT_MS'),
    firstEventTimeoutMs: read('UPSTREAM_FIRST_EVENT_TIMEOUT_MS'),
    idleTimeoutMs: read('UPSTREAM_IDLE_TIMEOUT_MS'),
    toolCallStreaming: read('TOOL_CALL_STREAMING'),
    countTokens: read('UPSTREAM_COUNT_TOKENS'),
    mediaUrls: read('UPSTREAM_MEDIA_URLS'),
    maxOutputTokens: read('UPSTREAM_MAX_OUTPUT_TOKENS'),
  };
}
