import { readFile } from 'node:fs/promises';

/** What a process has used so far. */
export interface Counters {
  /** Processor time of all threads, in µs. */
  readonly cpuMicros: number;
  readonly rssKB: number;
  /** In use on the heap and outside it; unknown for a program that is not Node's. */
  readonly usedKB?: number;
  /** The longest that the event loop was held since the last count. */
  readonly loopDelayMs?: number;
}

const KB_PER_PAGE = 4;
const NANOSECONDS_PER_MICROSECOND = 1_000;

/** Of a process with one thread, from the kernel. https://docs.kernel.org/scheduler/sched-stats.html */
export async function kernelCounters(pid: number): Promise<Counters> {
  const [onCpuNanoseconds] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ');
  const [, residentPages] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
  return {
    cpuMicros: Number(onCpuNanoseconds) / NANOSECONDS_PER_MICROSECOND,
    rssKB: Number(residentPages) * KB_PER_PAGE,
  };
}
