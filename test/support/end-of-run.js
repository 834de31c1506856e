import { rmSync } from 'node:fs';

const PATIENCE_MS = 20_000;

/**
 * Runs after the last test. A failed test may leave something open, and the run would then never end. If all
 * tests pass and something is still open, this is a failure of its own.
 */
export default function endOfRun() {
  rmSync(process.env['TEST_RUN_DIRECTORY'], { recursive: true, force: true });
  setTimeout(() => {
    console.error('The tests are over, and something that they opened is not closed.');
    process.exit(1);
  }, PATIENCE_MS).unref();
}
