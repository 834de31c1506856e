import { mkdirSync, writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { BURST_CASES, CALL_CASES, EMBEDDINGS_CASE, FEED_CASES } from './cases/cases.ts';
import { Bench } from './measure/bench.ts';
import { CallMeasurement } from './measure/calls.ts';
import { measureFeed } from './measure/feeds.ts';
import { isStream, postTo } from './measure/posts.ts';
import type { Sample } from './measure/sample.ts';
import { readOptions } from './options.ts';
import { findCores, pinOneself } from './processes/cores.ts';
import { startProxy, type Target } from './processes/targets.ts';
import { selfTimes, type SelfTime } from './report/self-times.ts';
import { figure, table } from './report/table.ts';

/** `npm run bench:profile -- <case>`: a CPU profile of the proxy in one case, without start and warm-up. */
const SHOWN_FUNCTIONS = 10;
const SHOWN_ORIGINS = 15;

const [name = 'S', ...rest] = process.argv.slice(2);
const options = readOptions(rest);
const { effort } = options;
const cores = findCores();
pinOneself(cores);
await using bench = await Bench.start(options, cores, []);
await using proxy = await startProxy(bench.setting);
const sample = await measured(proxy);
const profile = (await proxy.program?.ask('stopProfile')) as Profiler.Profile; // the form that the probe's inspector returns
report(profile, sample);

/** Runs the case twice, the second time under the profiler. */
async function measured(target: Target): Promise<Sample> {
  const callCase = [...CALL_CASES, EMBEDDINGS_CASE, ...BURST_CASES].find(
    (candidate) => candidate.name === name,
  );
  if (callCase) {
    await bench.upstream.ask('say', callCase.answer);
    const post = postTo(target, callCase, isStream(callCase));
    const measurement = new CallMeasurement(target, { ...callCase, rate: 0 }, post, effort);
    await measurement.warmUp(effort.firstWarmUpSeconds);
    await target.program?.ask('startProfile');
    return measurement.measure();
  }
  const feedCase = FEED_CASES.find((candidate) => candidate.name === name);
  if (!feedCase) throw new Error(`No case is called ${name}`);
  const post = postTo(target, feedCase.call, true);
  await measureFeed(bench.upstream, target, post, {
    ...feedCase,
    ...effort,
    seconds: effort.firstWarmUpSeconds,
  });
  await target.program?.ask('startProfile');
  return measureFeed(bench.upstream, target, post, { ...feedCase, ...effort });
}

function report(found: Profiler.Profile, { cpuMicros, perSecond }: Sample): void {
  const { busyMicros, byFunction, byOrigin } = selfTimes(found);
  console.log(
    `# ${name}: ${figure(cpuMicros)} µs of CPU each, ${figure(perSecond)} a second (while profiled)\n`,
  );
  console.log(selfTimeTable('function', byFunction.slice(0, SHOWN_FUNCTIONS)));
  console.log(`\n${selfTimeTable('origin', byOrigin.slice(0, SHOWN_ORIGINS))}`);
  console.log(`\n${figure(busyMicros / 1_000)} ms at work in all`);
  mkdirSync(options.outputDirectory, { recursive: true });
  const file = join(options.outputDirectory, `${name}.cpuprofile`);
  writeFileSync(file, JSON.stringify(found));
  console.log(`\n${file} (open it in a browser's developer tools, or an editor)`);
}

function selfTimeTable(heading: string, times: readonly SelfTime[]): string {
  return table(times, [
    { heading, text: ({ place }) => place },
    { heading: 'self', text: ({ percent }) => figure(percent, ' %') },
  ]);
}
