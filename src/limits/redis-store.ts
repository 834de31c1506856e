import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';

/** A request waits no longer than this to be counted. */
const COMMAND_MS = 500;
const CONNECT_MS = 2_000;
const MAX_RECONNECT_MS = 5_000;
/** Time for Redis to close its end of the connection. */
const DISCONNECT_MS = 100;
/** How often the log repeats that Redis is not available. */
const REMINDER_MS = 60_000;

/** The connection to Redis. While it is down, commands fail at once, and a warning is logged. */
export class RedisStore {
  readonly client: Redis;
  private readonly logger = new Logger('Limits');
  private warnedAtMs = -Infinity;

  constructor(url: string) {
    this.client = new Redis(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_MS,
      commandTimeout: COMMAND_MS,
      disconnectTimeout: DISCONNECT_MS,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_MS),
    });
    this.client.on('error', this.onDisconnect);
    this.client.on('ready', () => this.onReconnect());
  }

  /** Resolves when the connection is up or has failed. */
  async connect(): Promise<void> {
    await this.client.connect().catch(this.onDisconnect);
  }

  close(): void {
    this.client.disconnect();
  }

  readonly onDisconnect = (error: unknown): void => {
    if (performance.now() - this.warnedAtMs < REMINDER_MS) return;
    this.warnedAtMs = performance.now();
    this.logger.warn(`Redis is not available, requests per minute are not limited: ${reasonOf(error)}`);
  };

  private onReconnect(): void {
    if (this.warnedAtMs === -Infinity) return;
    this.warnedAtMs = -Infinity;
    this.logger.warn('Redis is available again, requests per minute are limited');
  }
}

/** The message of an error; a failed connection has one error per address of its host. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
