import type { Profiler } from 'node:inspector';

/** The self time of a function: without the functions that it called. */
export interface SelfTime {
  readonly place: string;
  readonly micros: number;
  /** The share of the time in which the process was active. */
  readonly percent: number;
}

export interface SelfTimes {
  readonly busyMicros: number;
  readonly byFunction: readonly SelfTime[];
  /** The self times by folder of the proxy, package, or part of Node. */
  readonly byOrigin: readonly SelfTime[];
}

type CallFrame = Profiler.ProfileNode['callFrame'];

/** Entries of an idle process, or of the profiler. */
const NOT_THE_PROGRAM = (frame: CallFrame): boolean =>
  frame.functionName === '(idle)' || frame.url === 'node:inspector';
/** V8's name for time outside JavaScript: mostly system calls and other native code. */
const SYNTHETIC = /^\((garbage collector|program|root)\)$/;

export function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): SelfTimes {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byFunction = new Map<string, number>();
  const byOrigin = new Map<string, number>();
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (!frame || NOT_THE_PROGRAM(frame)) return;
    const micros = timeDeltas[index] ?? 0;
    add(byFunction, placeOf(frame), micros);
    add(byOrigin, originOf(frame), micros);
  });
  const busyMicros = [...byFunction.values()].reduce((sum, micros) => sum + micros, 0);
  return { busyMicros, byFunction: ranked(byFunction, busyMicros), byOrigin: ranked(byOrigin, busyMicros) };
}

function ranked(times: ReadonlyMap<string, number>, total: number): SelfTime[] {
  return [...times]
    .map(([place, micros]) => ({ place, micros, percent: (micros / total) * 100 }))
    .toSorted((a, b) => b.micros - a.micros);
}

function add(times: Map<string, number>, key: string, micros: number): void {
  times.set(key, (times.get(key) ?? 0) + micros);
}

function placeOf({ functionName, url, lineNumber }: CallFrame): string {
  const name = functionName || '(anonymous)';
  if (url === '') return name;
  return `${name} ${shortened(url)}:${lineNumber + 1}`;
}

function originOf({ functionName, url }: CallFrame): string {
  if (SYNTHETIC.test(functionName)) return functionName;
  if (url === '') return '(native)';
  const [, scope] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (scope !== undefined) return scope;
  const [, room] = /\/dist\/([^/]+)\//.exec(url) ?? [];
  if (room !== undefined) return `src/${room}`;
  return url.startsWith('node:') ? url.split('/').slice(0, 2).join('/') : shortened(url);
}

function shortened(url: string): string {
  return url.replace(/^.*\/(?:node_modules|dist)\//, '').replace(/^file:.*\//, '');
}
