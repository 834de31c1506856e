import { setTimeout } from 'node:timers/promises';
import type { Histogram } from 'hdr-histogram-js';
import { Pool } from 'undici';
import { exchange, type Post } from './exchange.ts';
import { latencies, recordMs } from './latencies.ts';

/** Makes calls at a fixed rate, even if the previous one is not answered. Resolves to their latencies in µs. */
export async function pace(origin: string, post: Post, calls: number, rate: number): Promise<Histogram> {
  const pool = new Pool(origin);
  const histogram = latencies();
  // the first call opens the connection and does not count
  await exchange(pool, post);
  const startedAt = performance.now();
  const answered: Promise<void>[] = [];
  for (let call = 0; call < calls; call += 1) {
    const wait = startedAt + (call * 1_000) / rate - performance.now();
    if (wait > 0) await setTimeout(wait);
    answered.push(timed(pool, post, histogram));
  }
  await Promise.all(answered);
  await pool.destroy();
  return histogram;
}

async function timed(pool: Pool, post: Post, histogram: Histogram): Promise<void> {
  const sentAt = performance.now();
  await exchange(pool, post);
  recordMs(histogram, performance.now() - sentAt);
}
