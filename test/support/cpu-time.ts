const MICROS_PER_MS = 1_000;

/** The CPU time of this thread in ms. Unlike a clock it stands still while other processes have the CPU. */
export function cpuTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROS_PER_MS;
}
