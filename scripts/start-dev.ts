import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../src/cli/node-flags.ts';
import { Compiler } from './compiler.ts';

/**
 * `npm run start:dev`: compiles the edited file, and starts the service again in a process that has loaded everything
 * else already. Beside it, the compiler tells of type errors. docs/decisions/2026-11-29-start-dev.md says why.
 */
const PROJECT = 'tsconfig.build.json';
const SOURCES = 'src';
const SOURCE = /^(?!.*\.(?:spec|type-test)\.ts$).+\.ts$/;
/** An editor writes a file in several steps. */
const SETTLE_MS = 20;
/** By then the service has started, and the next process does not take the CPU from it. */
const SPARE_DELAY_MS = 1_500;
/**
 * A start allocates much and collects little: with a larger young generation it takes a sixth less time. No collection
 * of all garbage delays the port.
 */
const START_FLAGS = ['--min-semi-space-size=32', '--max-semi-space-size=32', '--no-expose-gc'];
const PRELOADED = fileURLToPath(new URL('preloaded-process.mjs', import.meta.url));

const compiler = new Compiler(PROJECT);
const edited = new Set<string>();
let isRestarting = false;
let spare: ChildProcess | undefined;
/** What was compiled since the spare process began to load, and may differ from what it has loaded. */
const writtenSince = new Set<string>();
let service: ChildProcess | undefined;

if (compiler.compileAll()) start();
watch(SOURCES, { recursive: true }, (_, path) => {
  if (path === null || !SOURCE.test(path)) return;
  edited.add(join(SOURCES, path));
  if (!isRestarting) void restart();
});
checkTypes();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void end(service, signal).then(() => process.exit()));
}

async function restart(): Promise<void> {
  isRestarting = true;
  while (edited.size > 0) {
    await setTimeout(SETTLE_MS);
    // those that are gone have nothing to compile
    const paths = [...edited].filter((path) => existsSync(path));
    edited.clear();
    for (const path of paths) writtenSince.add(outputOf(path));
    if (!compiler.compile(paths)) continue;
    await end(service, 'SIGTERM');
    start();
  }
  isRestarting = false;
}

function start(): void {
  service = spare ?? preload();
  spare = undefined;
  service.send([...writtenSince]);
  void replaceSpare(service);
}

async function replaceSpare(started: ChildProcess): Promise<void> {
  await setTimeout(SPARE_DELAY_MS);
  if (service === started) spare ??= preload();
}

/** A process that has loaded all packages and modules, and waits to be told to start the service. */
function preload(): ChildProcess {
  writtenSince.clear();
  const execArgv = [...NODE_FLAGS, ...START_FLAGS, '--enable-source-maps'];
  return fork(PRELOADED, [join(compiler.outDir, 'main.js')], { execArgv, stdio: 'inherit' });
}

function outputOf(path: string): string {
  return join(compiler.outDir, relative(SOURCES, path)).replace(/\.ts$/, '.js');
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** In a process with less priority: the restart does not wait for it. */
function checkTypes(): void {
  const script = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  const args = ['--project', PROJECT, '--noEmit', '--watch', '--preserveWatchOutput'];
  const checker = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (checker.pid !== undefined) setPriority(checker.pid, constants.priority.PRIORITY_LOW);
  process.once('exit', () => checker.kill());
}
