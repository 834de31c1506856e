import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface ProgramOptions {
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface ProgramResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 120_000;

/** Runs a program to its end. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs = TIMEOUT_MS }: ProgramOptions,
): Promise<ProgramResult> {
  const child = spawn(command, args, { cwd, env, timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[status], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, stdout, stderr };
}

/** @throws Error with what the program wrote, when it fails */
export async function succeed(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<string> {
  const { status, stdout, stderr } = await runProgram(command, args, options);
  if (status === 0) return stdout;
  throw new Error(`${command} ended with ${String(status)}: ${stderr.slice(-1_000)}${stdout.slice(-1_000)}`);
}
