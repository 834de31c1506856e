import { rmSync } from 'node:fs';

const PATIENCE_MS = 20_000;

/**
 * After the last test. A test that failed may leave open what it had not come to close, and the run would never end; so
 * would one whose tests pass and leave something behind, which is a failure of its own.
 */
export default function endOfRun() {
  rmSync(process.env['TEST_RUN_DIRECTORY'], { recursive: true, force: true });
  setTimeout(() => {
    console.error('The tests are over, and something that they opened is not closed.');
    process.exit(1);
  }, PATIENCE_MS).unref();
}
