import { parseArgs } from 'node:util';
import { describeKey, newKey } from './auth/new-key.js';

/** `node dist/key-new.js NAME [--models 'glob,glob']`: prints new keys for a client, once. */
const USAGE = "Usage: npm run key:new -- NAME [--models 'glob,glob']";

try {
  const { positionals, values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { models: { type: 'string', default: '' } },
  });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1) throw new Error('Give exactly one name');
  const models = values.models.split(',').flatMap((glob) => glob.trim() || []);
  process.stdout.write(describeKey(newKey(name, models)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 1;
}
