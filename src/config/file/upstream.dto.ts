import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { DIALECT_NAMES, type DialectName } from '../dialect-names.js';
import { Dialect } from '../variable-kinds.js';

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** One OpenAI-compatible server. Times, retries and the streaming of tool calls default to the environment's. */
export class UpstreamDto {
  /** As it stands: calls go to `{baseUrl}/chat/completions`. */
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'must be an http or https URL, without a user or password' },
  )
  baseUrl!: string;

  /** Name of the environment variable that holds the key. */
  @IsOptional()
  @Matches(/^[A-Za-z_]\w*$/, { message: 'must be the name of an environment variable' })
  apiKeyEnv?: string;

  /** File that holds the key; a relative path starts at the configuration file's directory. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  apiKeyFile?: string;

  /** What kind of server it is; left out: generic. */
  @IsOptional()
  @Dialect()
  @IsIn(DIALECT_NAMES)
  dialect?: DialectName;

  /** Times a failed call is repeated; left out: `UPSTREAM_MAX_RETRIES`. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10)
  maxRetries?: number;

  /** Longest wait for a connection, in milliseconds; left out: `UPSTREAM_CONNECT_TIMEOUT_MS`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  connectTimeoutMs?: number;

  /** Longest wait for a whole answer that is not streamed, in milliseconds; left out: `UPSTREAM_TIMEOUT_MS`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  timeoutMs?: number;

  /** Longest wait for the first event of a stream, in milliseconds; left out: `UPSTREAM_FIRST_EVENT_TIMEOUT_MS`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  firstEventTimeoutMs?: number;

  /** Longest silence between two events of a stream, in milliseconds; left out: `UPSTREAM_IDLE_TIMEOUT_MS`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  idleTimeoutMs?: number;

  /** How a stream shows tool calls, as they come or each when it is whole; left out: `TOOL_CALL_STREAMING`. */
  @IsOptional()
  @IsIn(['live', 'buffered'])
  toolCallStreaming?: 'live' | 'buffered';

  /** Calls at the same time, streams included; left out: no limit. */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxConcurrency?: number;

  /** Calls in any minute; left out: no limit. */
  @IsOptional()
  @IsInt()
  @Min(1)
  requestsPerMinute?: number;
}
