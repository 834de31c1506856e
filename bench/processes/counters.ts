import { readFile } from 'node:fs/promises';

/** The resources that a process has used so far. */
export interface Counters {
  /** Processor time of all threads, in µs. */
  readonly cpuMicros: number;
  readonly rssKB: number;
  /** Memory in use on the heap and outside it; unknown for a program that does not run in Node. */
  readonly usedKB?: number;
  /** The longest delay of the event loop since the last count. */
  readonly loopDelayMs?: number;
}

const KB_PER_PAGE = 4;
const MICROS_PER_TICK = 10_000;
const NANOSECONDS_PER_MICROSECOND = 1_000;

/** Counts a process with one thread, from the kernel. https://docs.kernel.org/scheduler/sched-stats.html */
export async function kernelCounters(pid: number): Promise<Counters> {
  const [onCpuNanoseconds] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ');
  const [, residentPages] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
  return {
    cpuMicros: Number(onCpuNanoseconds) / NANOSECONDS_PER_MICROSECOND,
    rssKB: Number(residentPages) * KB_PER_PAGE,
  };
}

/**
 * Counts processes with any number of threads, and adds them up. The kernel counts their time in ticks of 10
 * ms. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export async function processCounters(processIds: readonly number[]): Promise<Counters> {
  const all = await Promise.all(processIds.map(countersOf));
  return {
    cpuMicros: all.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0),
    rssKB: all.reduce((sum, { rssKB }) => sum + rssKB, 0),
  };
}

async function countersOf(pid: number): Promise<Counters> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // the name of the program, in parentheses, may contain spaces, so fields are counted after it
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [userTicks = 0, systemTicks = 0] = fields.slice(11, 13);
  const [, residentPages] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
  return {
    cpuMicros: (userTicks + systemTicks) * MICROS_PER_TICK,
    rssKB: Number(residentPages) * KB_PER_PAGE,
  };
}
