import autocannon, { type Result } from 'autocannon';
import type { Histogram } from 'hdr-histogram-js';
import { Pool } from 'undici';
import { exchange, type Post } from './exchange.ts';
import { latencies, recordMs } from './latencies.ts';

export interface Saturation {
  readonly calls: number;
  readonly seconds: number;
  /** The latency of each call, in µs; empty for streams. */
  readonly latencies?: Histogram;
}

/** How often the load generator checks whether all calls are answered. */
const SAMPLE_INTERVAL_MS = 20;
const TIMEOUT_SECONDS = 60;

/**
 * Makes this many calls as fast as they are answered, over this many connections. The number is exact, so that
 * no call is cut off that the target has worked on.
 * @throws Error when a call failed
 */
export async function saturate(
  origin: string,
  post: Post,
  calls: number,
  connections: number,
): Promise<Saturation> {
  const startedAt = performance.now();
  let lastAnswerAt = startedAt;
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const options = {
    url: origin + post.path,
    method: 'POST' as const,
    headers: { ...post.headers },
    body: post.body,
    connections: Math.min(connections, calls),
    amount: calls,
    timeout: TIMEOUT_SECONDS,
    // missing in the typings
    sampleInt: SAMPLE_INTERVAL_MS,
  };
  const run = autocannon(options, (error: unknown, result) => (error ? reject(error) : resolve(result)));
  const histogram = latencies();
  run.on('response', (_client, _status, _bytes, ms) => {
    recordMs(histogram, ms);
    lastAnswerAt = performance.now();
  });
  const result = await promise;
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${failed} of ${calls} calls to ${origin + post.path} failed`);
  return { calls, seconds: (lastAnswerAt - startedAt) / 1_000, latencies: histogram };
}

/** As above for streams, whose many parts the load generator would take longer for than the target. */
export async function saturateWithStreams(
  origin: string,
  post: Post,
  calls: number,
  connections: number,
): Promise<Saturation> {
  const pool = new Pool(origin, { connections });
  const startedAt = performance.now();
  let left = calls;
  const work = async (): Promise<void> => {
    while (left-- > 0) await exchange(pool, post);
  };
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - startedAt) / 1_000;
  await pool.destroy();
  return { calls, seconds };
}
