import { readFileSync } from 'node:fs';
import { readCommandLine, type Command } from './command-line.js';
import { runNode } from './run-node.js';
import { helpText } from './options.js';
import { prepareStart } from './prepare-start.js';
import { UsageError } from './usage.error.js';

const PACKAGE = new URL('../../package.json', import.meta.url);

/** The command line → the exit status of the process. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await execute(readCommandLine(args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function execute(command: Command): Promise<number> {
  switch (command.kind) {
    case 'help':
      return print(helpText());
    case 'version':
      return print(version());
    case 'script':
      return runNode(command.script, command.args, process.env);
    case 'start':
      return runNode('main.js', [], await prepareStart(command.options));
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function version(): string {
  // an assertion at a boundary: the package's own file
  return (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version;
}
