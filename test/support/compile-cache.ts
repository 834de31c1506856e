import { join } from 'node:path';

/** Environment of processes that load the built program: what V8 compiles for one of them serves the others of the run. */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: join(process.env['TEST_RUN_DIRECTORY'] ?? '', 'compiled'),
};
