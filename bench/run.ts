import { availableParallelism, cpus } from 'node:os';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from './measure/bench.ts';
import { readOptions } from './options.ts';
import { findCores, pinOneself } from './processes/cores.ts';
import { targetKinds } from './processes/targets.ts';
import { verdicts, type Verdict } from './report/goals.ts';
import { sectionText, verdictsText } from './report/report.ts';
import { summarize, type Summary } from './report/summary.ts';
import { benchHostileTexts } from './validation/guarded.ts';
import { benchHostileBodies } from './validation/hostile.ts';
import { benchValidation } from './validation/validation.ts';

/** `npm run bench`, `npm run bench -- --quick`; docs/benchmarks.md explains the figures. */
const options = readOptions(process.argv.slice(2));
const cores = findCores();
const machine = {
  date: new Date().toISOString(),
  node: process.version,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  pinned: cores !== undefined,
};
pinOneself(cores);
const kinds = targetKinds(options.peers);
console.log(`# Benchmark\n\n${JSON.stringify(machine)}`);
console.log(`Targets: ${kinds.map(({ name }) => name).join(', ')}`);
if (!kinds.some(({ name }) => name === 'nginx')) console.log('nginx: not installed');

const summaries: Summary[] = [];
const found: Verdict[] = [];
const bench = await Bench.start(options, cores, kinds);
try {
  for await (const { section, rows } of bench.run()) {
    const summarized = rows.map((row) => summarize(row, rows));
    summaries.push(...summarized);
    console.log(sectionText(section, summarized));
  }
  found.push(...verdicts(summaries));
  if (options.wants('validation')) found.push(...(await benchValidation(options)));
  if (options.wants('hostile')) found.push(...(await benchHostileBodies(options, bench)));
  if (options.wants('guarded')) found.push(...(await benchHostileTexts(options, bench)));
} finally {
  await bench[Symbol.asyncDispose]();
}
console.log(verdictsText(found));
writeResults();

function writeResults(): void {
  mkdirSync(options.outputDirectory, { recursive: true });
  const file = join(options.outputDirectory, `${machine.date.replaceAll(':', '-')}.json`);
  writeFileSync(
    file,
    JSON.stringify({ machine, effort: options.effort, rows: summaries, goals: found }, null, 2),
  );
  console.log(`\n${file}`);
}
