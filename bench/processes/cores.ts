import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The core of the target, and the core of the load generator and the upstream. */
export interface Cores {
  readonly target: number;
  readonly load: number;
}

/** Two cores to pin processes to; undefined without two cores or without `taskset`. */
export function findCores(): Cores | undefined {
  if (spawnSync('taskset', ['--version']).status !== 0) return undefined;
  const [target, load] = allowedCores();
  return target === undefined || load === undefined ? undefined : { target, load };
}

/** Pins this process, and those that it starts from now on. */
export function pinOneself(cores: Cores | undefined): void {
  if (cores)
    spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(cores.load), String(process.pid)]);
}

/** A command → the command that runs it on one core. */
export function pinned(core: number | undefined, command: string, args: string[]): [string, string[]] {
  if (core === undefined) return [command, args];
  return ['taskset', ['--cpu-list', String(core), command, ...args]];
}

function allowedCores(): number[] {
  const [, list = ''] = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}
