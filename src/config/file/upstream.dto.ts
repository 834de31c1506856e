import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { DIALECT_NAMES, type DialectName } from '../dialect-names.js';
import { TOKEN_COUNTING, type TokenCounting } from '../token-counting.js';
import { Dialect } from '../variable-kinds.js';
import { MEDIA_URLS, type MediaUrls } from '../media-urls.js';

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** One OpenAI-compatible server. Timeouts, retries and tool call streaming default to environment variables. */
export class UpstreamDto {
  /** Base URL of the server. Calls go to `{baseUrl}/chat/completions`. */
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'must be an http or https URL, without a user or password' },
  )
  baseUrl!: string;

  /** Name of the environment variable that holds the API key. */
  @IsOptional()
  @Matches(/^[A-Za-z_]\w*$/, { message: 'must be the name of an environment variable' })
  apiKeyEnv?: string;

  /** File that holds the API key. A relative path starts at the configuration file's directory. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  apiKeyFile?: string;

  /** The kind of server. Default: `generic`. */
  @IsOptional()
  @Dialect()
  @IsIn(DIALECT_NAMES)
  dialect?: DialectName;

  /** How often a failed call is repeated. Default: `UPSTREAM_MAX_RETRIES`. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10)
  maxRetries?: number;

  /** Longest wait for a connection, in milliseconds. Default: `UPSTREAM_CONNECT_TIMEOUT_MS`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  connectTimeoutMs?: number;

  /** Longest wait for a complete answer without streaming, in milliseconds. Default: `UPSTREAM_TIMEOUT_MS`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  timeoutMs?: number;

  /** Longest wait for the first event of a stream, in milliseconds. Default: `UPSTREAM_FIRST_EVENT_TIMEOUT_MS`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  firstEventTimeoutMs?: number;

  /** Longest time between two events of a stream, in milliseconds. Default: `UPSTREAM_IDLE_TIMEOUT_MS`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  idleTimeoutMs?: number;

  /** Streams tool calls as they arrive (`live`) or each when it is complete. Default: `TOOL_CALL_STREAMING`. */
  @IsOptional()
  @IsIn(['live', 'buffered'])
  toolCallStreaming?: 'live' | 'buffered';

  /**
   * How the input tokens of a request are counted: `server` by the server, `probe` by a call for one token, `estimate`
   * from the characters, `refuse` not at all, `auto` by the server if it can, otherwise estimated. Default:
   * `UPSTREAM_COUNT_TOKENS`.
   */
  @IsOptional()
  @IsIn(TOKEN_COUNTING)
  countTokens?: TokenCounting;

  /**
   * What happens to addresses of images and other media in requests: `pass` sends them to the server, which loads them,
   * `refuse` refuses the request, `auto` leaves them in bodies of OpenAI's API and otherwise sends them only to services
   * on the internet. Default: `UPSTREAM_MEDIA_URLS`.
   */
  @IsOptional()
  @IsIn(MEDIA_URLS)
  mediaUrls?: MediaUrls;

  /**
   * Most tokens that its models write. A request for more gets so many. Default: `UPSTREAM_MAX_OUTPUT_TOKENS`, or no
   * limit.
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxOutputTokens?: number;

  /** Most calls at the same time, streams included. Default: no limit. */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxConcurrency?: number;

  /** Most calls per minute. Default: no limit. */
  @IsOptional()
  @IsInt()
  @Min(1)
  requestsPerMinute?: number;
}
