import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { Settings } from '../config/settings.js';
import { Limiter } from './limiter.js';
import { RedisStore } from './redis-store.js';
import { RequestCounter } from './request-counter.js';

/** The store only counts: the limits are compared here, and a reload may change them. */
const MINUTE = { points: Number.MAX_SAFE_INTEGER, duration: 60, keyPrefix: 'bedrock-to-openai-proxy' };

/** Limits of clients and upstreams, counted in this process or, with `REDIS_URL`, by all that share it. */
@Module({
  providers: [
    Limiter,
    { provide: RedisStore, inject: [Settings], useFactory: openRedis },
    { provide: RequestCounter, inject: [RedisStore], useFactory: openCounter },
  ],
  exports: [Limiter],
})
export class LimitsModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(RedisStore) private readonly redis: RedisStore | undefined) {}

  async onModuleInit(): Promise<void> {
    await this.redis?.connect();
  }

  onApplicationShutdown(): void {
    this.redis?.close();
  }
}

function openRedis({ redisUrl }: Settings): RedisStore | undefined {
  return redisUrl === undefined ? undefined : new RedisStore(redisUrl);
}

function openCounter(redis: RedisStore | undefined): RequestCounter {
  if (redis === undefined) return new RequestCounter(new RateLimiterMemory(MINUTE));
  const store = new RateLimiterRedis({ ...MINUTE, storeClient: redis.client });
  return new RequestCounter(store, redis.onDisconnect);
}
