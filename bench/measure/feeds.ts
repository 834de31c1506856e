import { setTimeout } from 'node:timers/promises';
import type { Feed, FeedCase } from '../cases/cases.ts';
import type { Post } from '../load/exchange.ts';
import type { FedStreamsOptions } from '../load/fed-streams.ts';
import type { Effort } from '../options.ts';
import type { Counters } from '../processes/counters.ts';
import type { Program } from '../processes/program.ts';
import type { Target } from '../processes/targets.ts';
import { originOf } from './posts.ts';
import type { Sample } from './sample.ts';

const LOOKS = 5;
const MICROS_PER_SECOND = 1_000_000;

/** Streams of single chunks: the cost of one chunk. */
export async function measureFeed(
  upstream: Program,
  target: Target,
  post: Post,
  feedCase: FeedCase & { readonly seconds: number; readonly warmUpSeconds: number },
): Promise<Sample> {
  await openStreams(upstream, target, post, feedCase);
  await setTimeout(feedCase.warmUpSeconds * 1_000);
  const chunksBefore = await upstream.ask<number>('arrivedChunks');
  const before = await target.counters?.();
  const startedAt = performance.now();
  await setTimeout(feedCase.seconds * 1_000);
  const after = await target.counters?.();
  const seconds = (performance.now() - startedAt) / 1_000;
  const chunks = (await upstream.ask<number>('arrivedChunks')) - chunksBefore;
  await upstream.ask('closeStreams');
  const perSecond = chunks / seconds;
  if (!before || !after || chunks === 0) return { perSecond };
  const cpuMicros = after.cpuMicros - before.cpuMicros;
  return {
    perSecond,
    cpuMicros: cpuMicros / chunks,
    busyPercent: (cpuMicros / (seconds * MICROS_PER_SECOND)) * 100,
    ...(after.loopDelayMs !== undefined && { loopDelayMs: after.loopDelayMs }),
  };
}

/**
 * Open streams without data: the memory of one of them, without garbage. They are measured in addition to as
 * many other streams, because the process takes memory in large steps for its first ones. The process must be
 * fresh, or memory that earlier calls have freed would hide the memory of the streams.
 */
export async function measureIdleStreams(
  upstream: Program,
  target: Target,
  post: Post,
  { idleStreams: streams, settleMs }: Effort,
): Promise<Sample> {
  await openStreams(upstream, target, post, { streams, feed: 'none' });
  const before = await settled(target, settleMs);
  await upstream.ask('openAsManyAgain');
  const after = await settled(target, settleMs);
  await upstream.ask('closeStreams');
  if (!before || !after) return {};
  return {
    rssMB: before.rssKB / 1_024,
    rssKBPerStream: (after.rssKB - before.rssKB) / streams,
    ...(after.usedKB !== undefined && {
      usedKBPerStream: (after.usedKB - (before.usedKB ?? 0)) / streams,
    }),
  };
}

/** The minimum of several measurements, because V8 returns pages some time after it has emptied them. */
async function settled(target: Target, settleMs: number): Promise<Counters | undefined> {
  let least: Counters | undefined;
  for (let look = 0; look < LOOKS; look += 1) {
    await target.program?.ask('collectGarbage');
    await setTimeout(settleMs);
    const counters = await target.counters?.();
    if (least === undefined || (counters && counters.rssKB < least.rssKB)) least = counters;
  }
  return least;
}

async function openStreams(
  upstream: Program,
  target: Target,
  { path, body, headers }: Post,
  { streams, feed }: { streams: number; feed: Feed },
): Promise<void> {
  const options: FedStreamsOptions = {
    origin: originOf(target),
    path,
    body: body.toString(),
    headers,
    count: streams,
    feed,
  };
  await upstream.ask('openStreams', options);
}
