import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import { DIALECT_NAMES, type DialectName } from '../dialect-names.js';

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** One OpenAI-compatible server. What is left out is as in the environment. */
export class UpstreamDto {
  /** As it stands: calls go to `{baseUrl}/chat/completions`. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  baseUrl!: string;

  /** Name of the environment variable that holds the key. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  apiKeyEnv?: string;

  /** File that holds the key. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  apiKeyFile?: string;

  @IsOptional()
  @IsIn(DIALECT_NAMES)
  dialect?: DialectName;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10)
  maxRetries?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  connectTimeoutMs?: number;

  /** For an answer that is not streamed, from the call to its last byte. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  timeoutMs?: number;

  /** For a stream, until its first event. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  firstEventTimeoutMs?: number;

  /** For a stream, between two events. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMEOUT_MS)
  idleTimeoutMs?: number;

  @IsOptional()
  @IsIn(['live', 'buffered'])
  toolCallStreaming?: 'live' | 'buffered';

  /** Calls at the same time, streams included. */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxConcurrency?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  requestsPerMinute?: number;
}
