import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before the first test: a place for what all suites of a run share, whichever worker they run in. */
export default function startOfRun() {
  process.env['TEST_RUN_DIRECTORY'] = mkdtempSync(join(tmpdir(), 'run-'));
}
