import './require-node.js';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from './cli/node-flags.js';

/**
 * Becomes the program with the options of Node that it is to run with: the same process, so that it gets the signals of
 * whoever started this. Options given to this one stay.
 */
const program = fileURLToPath(new URL('main.js', import.meta.url));
const args = [process.execPath, ...NODE_FLAGS, ...process.execArgv, program, ...process.argv.slice(2)];
// Windows has no such call, and runs with the defaults
if (process.execve !== undefined && process.platform !== 'win32')
  process.execve(process.execPath, args, process.env);
await import('./main.js');
