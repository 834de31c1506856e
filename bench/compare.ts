import { CALL_CASES, BURST_CASES, EMBEDDINGS_CASE, FEED_CASES, type CallCase } from './cases/cases.ts';
import { readCompareOptions, type Variant } from './compare/variants.ts';
import { Bench } from './measure/bench.ts';
import { CallMeasurement } from './measure/calls.ts';
import { measureFeed } from './measure/feeds.ts';
import { isStream, postTo } from './measure/posts.ts';
import type { Sample } from './measure/sample.ts';
import { readOptions } from './options.ts';
import { findCores, pinOneself } from './processes/cores.ts';
import { startProxy, type Target } from './processes/targets.ts';
import { comparisonText, type Measured } from './report/comparison.ts';

/** `npm run bench:compare`: builds, or options of Node, in turns; docs/benchmarks.md says how. */
const { variants, cases, rounds, processes, seconds, pacedSeconds, warmUpSeconds } = readCompareOptions(
  process.argv.slice(2),
);
const cores = findCores();
pinOneself(cores);
const options = readOptions([]);
const effort = { ...options.effort, seconds, pacedSeconds };
await using bench = await Bench.start(options, cores, []);
for (const name of cases) console.log(await compared(name));

/** One case. Each set of rounds has fresh processes: two processes of one build differ by more than two rounds of one. */
async function compared(name: string): Promise<string> {
  const measured = variants.map(({ name: variant }): Measured => ({ variant, samples: [] }));
  for (let set = 0; set < processes; set += 1)
    await measureSet(name, measured, Math.ceil(rounds / processes));
  return comparisonText(name, measured);
}

async function measureSet(name: string, measured: readonly Measured[], setRounds: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const measures: (() => Promise<Sample>)[] = [];
  for (const variant of variants) measures.push(await warm(name, stack.use(await startVariant(variant))));
  for (let round = 0; round < setRounds; round += 1) {
    // to and fro, so that none always comes after the same other
    const order = round % 2 === 0 ? [...measures.keys()] : [...measures.keys()].toReversed();
    for (const index of order) measured[index]?.samples.push((await measures[index]?.()) ?? {});
  }
}

function startVariant({ proxyEntry, nodeFlags, variables }: Variant): Promise<Target> {
  return startProxy({ ...bench.setting, proxyEntry, nodeFlags, variables });
}

/** Resolves to what measures the case once, when the target has been warmed up with it. */
async function warm(name: string, target: Target): Promise<() => Promise<Sample>> {
  const callCase = [...CALL_CASES, EMBEDDINGS_CASE, ...BURST_CASES].find(
    (candidate) => candidate.name === name,
  );
  if (callCase) return warmCalls(callCase, target);
  const feedCase = FEED_CASES.find((candidate) => candidate.name === name);
  if (!feedCase) throw new Error(`No case is called ${name}`);
  const post = postTo(target, feedCase.call, true);
  const measure = (forSeconds: number, warmUp: number): Promise<Sample> =>
    measureFeed(bench.upstream, target, post, { ...feedCase, seconds: forSeconds, warmUpSeconds: warmUp });
  await measure(warmUpSeconds, 0);
  return () => measure(seconds, 0.2);
}

async function warmCalls(callCase: CallCase, target: Target): Promise<() => Promise<Sample>> {
  await bench.upstream.ask('say', callCase.answer);
  const post = postTo(target, callCase, isStream(callCase));
  const rate = pacedSeconds > 0 ? callCase.rate : 0;
  const measurement = new CallMeasurement(target, { ...callCase, rate }, post, effort);
  await measurement.warmUp(warmUpSeconds);
  return () => measurement.measure();
}
