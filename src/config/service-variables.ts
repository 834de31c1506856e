import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Max, Min, ValidateIf } from 'class-validator';
import { DIALECT_NAMES, type DialectName } from './dialect-names.js';
import type { ModelMapping } from './model-map.js';
import { LOG_LEVELS, type LogFormat, type LogLevel } from './settings.js';
import { TOKEN_COUNTING, type TokenCounting } from './token-counting.js';
import { MEDIA_URLS, type MediaUrls } from './media-urls.js';
import {
  CountedByServer,
  Dialect,
  Flag,
  HostNames,
  Milliseconds,
  ModelMap,
  Numeric,
  Port,
} from './variable-kinds.js';

/** Variables about the service, its upstreams and what it tells. */
export class ServiceVariables {
  @IsString()
  @IsNotEmpty()
  HOST = '127.0.0.1';

  @Port()
  PORT = 8000;

  @HostNames()
  ALLOWED_HOSTS: string[] = [];

  @Numeric()
  @Min(0.001)
  @Max(512)
  MAX_BODY_MB = 32;

  @ValidateIf((environment: ServiceVariables) => environment.TLS_KEY_FILE !== undefined)
  @IsString({ message: 'TLS_CERT_FILE must be set when TLS_KEY_FILE is' })
  TLS_CERT_FILE?: string;

  @ValidateIf((environment: ServiceVariables) => environment.TLS_CERT_FILE !== undefined)
  @IsString({ message: 'TLS_KEY_FILE must be set when TLS_CERT_FILE is' })
  TLS_KEY_FILE?: string;

  @Port()
  MANAGEMENT_PORT = 9090;

  @IsOptional()
  @IsString()
  MANAGEMENT_HOST?: string;

  @IsOptional()
  @IsString()
  CONFIG_FILE?: string;

  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: '$property must be an http:// or https:// URL, without a user or password' },
  )
  OPENAI_API_BASE = 'http://127.0.0.1:4000';

  @IsOptional()
  @IsString()
  OPENAI_API_KEY?: string;

  @Dialect()
  @IsIn(DIALECT_NAMES)
  OPENAI_DIALECT: DialectName = 'generic';

  @ModelMap()
  MODEL_MAP: ModelMapping[] = [];

  @Numeric()
  @IsInt()
  @Min(0)
  @Max(10)
  UPSTREAM_MAX_RETRIES = 0;

  @Milliseconds()
  UPSTREAM_CONNECT_TIMEOUT_MS = 5_000;

  @Milliseconds()
  UPSTREAM_TIMEOUT_MS = 600_000;

  @Milliseconds()
  UPSTREAM_FIRST_EVENT_TIMEOUT_MS = 300_000;

  @Milliseconds()
  UPSTREAM_IDLE_TIMEOUT_MS = 120_000;

  @Milliseconds()
  ROUTE_TIMEOUT_MS = 600_000;

  @IsOptional()
  @IsUrl({ protocols: ['redis', 'rediss'], require_protocol: true, require_tld: false })
  REDIS_URL?: string;

  @Numeric()
  @IsInt()
  @Min(1)
  MAX_REQUESTS_IN_FLIGHT = 2_000;

  @Numeric()
  @Min(0.001)
  MAX_BODY_MB_IN_FLIGHT = 128;

  @Numeric()
  @Min(0.001)
  MAX_ANSWER_MB_IN_FLIGHT = 64;

  @Numeric()
  @IsInt()
  @Min(1)
  MAX_CONNECTIONS = 10_000;

  @Milliseconds()
  HEADERS_TIMEOUT_MS = 15_000;

  @Milliseconds()
  BODY_TIMEOUT_MS = 300_000;

  @Milliseconds()
  KEEP_ALIVE_TIMEOUT_MS = 75_000;

  @Milliseconds()
  CLIENT_STALL_TIMEOUT_MS = 120_000;

  @Milliseconds(0)
  DRAIN_DELAY_MS = 5_000;

  @Milliseconds(0)
  SHUTDOWN_TIMEOUT_MS = 300_000;

  @IsIn(TOKEN_COUNTING)
  @CountedByServer()
  UPSTREAM_COUNT_TOKENS: TokenCounting = 'auto';

  @IsIn(MEDIA_URLS)
  UPSTREAM_MEDIA_URLS: MediaUrls = 'auto';

  @IsOptional()
  @Numeric()
  @IsInt()
  @Min(1)
  UPSTREAM_MAX_OUTPUT_TOKENS?: number;

  @IsIn(['live', 'buffered'])
  TOOL_CALL_STREAMING: 'live' | 'buffered' = 'live';

  @Milliseconds(0)
  STREAM_KEEPALIVE_MS = 0;

  @IsIn(['ignore', 'reject'])
  UNSUPPORTED_PARAMETERS: 'ignore' | 'reject' = 'ignore';

  @IsIn(LOG_LEVELS)
  LOG_LEVEL: LogLevel = 'info';

  @IsOptional()
  @IsIn(['json', 'pretty'])
  LOG_FORMAT?: LogFormat;

  @Flag()
  LOG_PROMPTS = false;

  @Flag()
  INSPECTOR = false;

  @IsOptional()
  @IsString()
  INSPECTOR_KEY_FILE?: string;

  @Numeric()
  @IsInt()
  @Min(1)
  INSPECTOR_CALLS = 200;

  @Numeric()
  @Min(0.001)
  INSPECTOR_MB = 32;

  @Numeric()
  @Min(0.001)
  INSPECTOR_BODY_MB = 0.25;

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
}
