import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { Settings } from '../config/settings.js';
import { Limiter } from './limiter.js';
import type { RedisStore } from './redis-store.js';
import { RequestCounter } from './request-counter.js';

/** The class itself cannot be the token: it is loaded only where `REDIS_URL` is set. */
const REDIS_STORE = Symbol('RedisStore');

/** The store only counts: the limits are compared here, and a reload may change them. */
const MINUTE = { points: Number.MAX_SAFE_INTEGER, duration: 60, keyPrefix: 'bedrock-to-openai-proxy' };

/** Limits of clients and upstreams, counted in this process or, with `REDIS_URL`, by all that share it. */
@Module({
  providers: [
    Limiter,
    { provide: REDIS_STORE, inject: [Settings], useFactory: openRedis },
    { provide: RequestCounter, inject: [REDIS_STORE], useFactory: openCounter },
  ],
  exports: [Limiter],
})
export class LimitsModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(REDIS_STORE) private readonly redis: RedisStore | undefined) {}

  async onModuleInit(): Promise<void> {
    await this.redis?.connect();
  }

  onApplicationShutdown(): void {
    this.redis?.close();
  }
}

async function openRedis({ redisUrl }: Settings): Promise<RedisStore | undefined> {
  if (redisUrl === undefined) return undefined;
  const { RedisStore } = await import('./redis-store.js');
  return new RedisStore(redisUrl);
}

function openCounter(redis: RedisStore | undefined): RequestCounter {
  if (redis === undefined) return new RequestCounter(new RateLimiterMemory(MINUTE));
  const store = new RateLimiterRedis({ ...MINUTE, storeClient: redis.client });
  return new RequestCounter(store, redis.onDisconnect);
}
