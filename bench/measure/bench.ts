import { fileURLToPath } from 'node:url';
import {
  BURST_CASES,
  CALL_CASES,
  EMBEDDINGS_CASE,
  FEED_CASES,
  IDLE_CASE,
  MEMORY_CASE,
  SMALL_CALL,
  type CallCase,
  type FeedCase,
} from '../cases/cases.ts';
import type { Options } from '../options.ts';
import type { Cores } from '../processes/cores.ts';
import { Program } from '../processes/program.ts';
import { DIRECT, startParsing, type Setting, type Target, type TargetKind } from '../processes/targets.ts';
import type { Section } from '../report/report.ts';
import { CallMeasurement } from './calls.ts';
import { measureFeed, measureIdleStreams } from './feeds.ts';
import { isStream, postsFor, postTo, type Posts } from './posts.ts';
import type { Row, Sample } from './sample.ts';

export interface Result {
  readonly section: Section;
  readonly rows: readonly Row[];
}

/** The scripted upstream, and the targets in front of it. */
export class Bench implements AsyncDisposable {
  readonly upstream: Program;
  readonly setting: Setting;
  readonly #options: Options;
  readonly #kinds: readonly TargetKind[];
  readonly #posts: Posts;

  static async start(
    options: Options,
    cores: Cores | undefined,
    kinds: readonly TargetKind[],
  ): Promise<Bench> {
    const script = fileURLToPath(new URL('../processes/upstream.ts', import.meta.url));
    const args = [script, String(options.upstreamPort)];
    const upstream = new Program({ core: cores?.load, command: process.execPath, args, ipc: true });
    const upstreamUrl = `http://127.0.0.1:${await upstream.ask<number>('port')}`;
    return new Bench(options, kinds, upstream, { cores, upstreamUrl, proxyEntry: options.proxyEntry });
  }

  private constructor(options: Options, kinds: readonly TargetKind[], upstream: Program, setting: Setting) {
    this.#options = options;
    this.#kinds = kinds;
    this.upstream = upstream;
    this.setting = setting;
    this.#posts = postsFor(upstream, setting);
  }

  async *run(): AsyncGenerator<Result> {
    const { wants } = this.#options;
    await using stack = new AsyncDisposableStack();
    const targets: Target[] = [];
    for (const kind of this.#kinds) targets.push(stack.use(await this.#startWarm(kind)));
    for (const callCase of [...CALL_CASES, ...BURST_CASES]) {
      if (wants(callCase.name)) yield await this.#runCalls(callCase, targets);
    }
    if (wants(EMBEDDINGS_CASE.name)) yield await this.#runEmbeddings(targets);
    const streamers = targets.filter(({ name }) => name !== DIRECT);
    for (const feedCase of FEED_CASES) {
      if (wants(feedCase.name)) yield await this.#runFeed(feedCase, streamers);
    }
    if (wants(IDLE_CASE.name)) yield await this.#runIdle();
    if (wants(MEMORY_CASE.name)) yield await this.#runMemory();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.upstream[Symbol.asyncDispose]();
  }

  async #startWarm(kind: TargetKind): Promise<Target> {
    const { effort } = this.#options;
    const target = await kind.start(this.setting);
    const [small] = CALL_CASES;
    if (small && target.program) {
      const measurement = new CallMeasurement(target, small, postTo(target, small, false), effort);
      await measurement.warmUp(effort.firstWarmUpSeconds);
    }
    return target;
  }

  async #runCalls(callCase: CallCase, targets: readonly Target[]): Promise<Result> {
    const { effort } = this.#options;
    const measurements: CallMeasurement[] = [];
    for (const target of targets) {
      const post = await this.#posts(target, callCase, isStream(callCase));
      await this.upstream.ask('say', callCase.answer);
      const measurement = new CallMeasurement(target, callCase, post, effort);
      await measurement.warmUp();
      measurements.push(measurement);
    }
    const rows = await inRounds(
      effort.rounds,
      measurements,
      ({ target }) => target.name,
      (measurement) => measurement.measure(),
    );
    const unit = isStream(callCase) ? 'chunk' : 'call';
    return toResult({ case: callCase.name, title: callCase.title, unit }, rows);
  }

  /** Beside a reference that parses the answer: less cannot be known about it. */
  async #runEmbeddings(targets: readonly Target[]): Promise<Result> {
    await using parsing = await startParsing(this.setting);
    const takers = targets.filter(({ speaks }) => speaks === 'bedrock');
    // awaited here, because the target is ended afterwards
    return await this.#runCalls(EMBEDDINGS_CASE, [...takers, parsing]);
  }

  /** The memory of a fresh process after a minute at saturation. */
  async #runMemory(): Promise<Result> {
    const { effort } = this.#options;
    const [small] = CALL_CASES;
    if (small === undefined) throw new Error('there is no case to saturate with');
    await this.upstream.ask('say', small.answer);
    const rows = await inRounds(
      effort.memoryRounds,
      this.#kinds.filter(({ name }) => name !== DIRECT),
      ({ name }) => name,
      async (kind) => {
        await using target = await kind.start(this.setting);
        const measurement = new CallMeasurement(
          target,
          small,
          await this.#posts(target, small, false),
          effort,
        );
        // awaited here, because the target is ended afterwards
        return await measurement.measureMemory();
      },
    );
    return toResult(
      {
        case: MEMORY_CASE.name,
        title: `after ${effort.memorySeconds} s ${MEMORY_CASE.title}`,
        unit: 'process',
      },
      rows,
    );
  }

  async #runFeed(feedCase: FeedCase, targets: readonly Target[]): Promise<Result> {
    const { rounds, seconds, warmUpSeconds } = this.#options.effort;
    const measured = { ...feedCase, seconds, warmUpSeconds };
    const rows = await inRounds(
      rounds,
      targets,
      ({ name }) => name,
      async (target) =>
        measureFeed(this.upstream, target, await this.#posts(target, feedCase.call, true), measured),
    );
    return toResult({ case: feedCase.name, title: feedCase.title, unit: 'chunk' }, rows);
  }

  /** In processes of their own: what others have left behind would be found again. */
  async #runIdle(): Promise<Result> {
    const { effort } = this.#options;
    const kinds = this.#kinds.filter(({ name }) => name !== DIRECT);
    const rows = await inRounds(
      effort.idleRounds,
      kinds,
      ({ name }) => name,
      async (kind) => {
        await using target = await kind.start(this.setting);
        const post = await this.#posts(target, SMALL_CALL, true);
        // awaited here, because the target is ended afterwards
        return await measureIdleStreams(this.upstream, target, post, effort);
      },
    );
    return toResult(
      { case: IDLE_CASE.name, title: `${effort.idleStreams} ${IDLE_CASE.title}`, unit: 'stream' },
      rows,
    );
  }
}

/** Each subject once a round, so that what disturbs the machine for a while disturbs all of them. */
async function inRounds<Subject>(
  rounds: number,
  subjects: readonly Subject[],
  nameOf: (subject: Subject) => string,
  measure: (subject: Subject) => Promise<Sample>,
): Promise<{ target: string; samples: Sample[] }[]> {
  const rows = subjects.map((subject) => ({ subject, samples: [] as Sample[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { subject, samples } of rows) samples.push(await measure(subject));
  }
  return rows.map(({ subject, samples }) => ({ target: nameOf(subject), samples }));
}

function toResult(section: Section, rows: { target: string; samples: Sample[] }[]): Result {
  return { section, rows: rows.map((row) => ({ case: section.case, ...row })) };
}
