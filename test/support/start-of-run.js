import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs before the first test: creates a directory that all suites of a run share, in every worker. */
export default function startOfRun() {
  process.env['TEST_RUN_DIRECTORY'] = mkdtempSync(join(tmpdir(), 'run-'));
}
