import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from './node-flags.js';

const STANDARD_STREAMS = [0, 1];
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** The status of a process that a signal ended, as shells give it. */
const ENDED_BY_SIGNAL = 128;

/** Runs a file of `dist/` with the flags of the service. Resolves to its exit status. */
export async function runNode(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const child = spawn(process.execPath, [...NODE_FLAGS, path, ...args], { env, stdio: 'inherit' });
  passSignalsTo(child);
  const [status, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]; // as Node defines
  return status ?? ENDED_BY_SIGNAL + (signal === null ? 0 : constants.signals[signal]);
}

/** From a keyboard, the terminal sends SIGINT to the child as well. A second one would end it at once. */
function passSignalsTo(child: ChildProcess): void {
  const atTerminal = STANDARD_STREAMS.some((descriptor) => isatty(descriptor));
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !atTerminal) child.kill(signal);
    });
  }
}
