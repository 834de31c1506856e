import { setTimeout } from 'node:timers/promises';
import type { Feed, FeedCase } from '../cases/cases.ts';
import type { Post } from '../load/exchange.ts';
import type { FedStreamsOptions } from '../load/fed-streams.ts';
import type { Effort } from '../options.ts';
import type { Program } from '../processes/program.ts';
import type { Target } from '../processes/targets.ts';
import { originOf } from './posts.ts';
import type { Sample } from './sample.ts';

const MICROS_PER_SECOND = 1_000_000;
const WARM_UP_STREAMS = 50;

/** Streams of single chunks: what one chunk costs. */
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

/** Streams that are open and silent: what one of them holds, garbage left out. The target must be fresh. */
export async function measureIdleStreams(
  upstream: Program,
  target: Target,
  post: Post,
  { idleStreams: streams, settleMs }: Effort,
): Promise<Sample> {
  await openStreams(upstream, target, post, { streams: WARM_UP_STREAMS, feed: 'none' });
  await upstream.ask('closeStreams');
  const before = await settled(target, settleMs);
  await openStreams(upstream, target, post, { streams, feed: 'none' });
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

async function settled(target: Target, settleMs: number) {
  await setTimeout(settleMs);
  await target.program?.ask('collectGarbage');
  return target.counters?.();
}

async function openStreams(
  upstream: Program,
  target: Target,
  { path, body }: Post,
  { streams, feed }: { streams: number; feed: Feed },
): Promise<void> {
  const options: FedStreamsOptions = {
    origin: originOf(target),
    path,
    body: body.toString(),
    count: streams,
    feed,
  };
  await upstream.ask('openStreams', options);
}
