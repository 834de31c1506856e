import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from './until.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The built program in a directory of its own, so that neither `dist` nor the developer's `.env` has an
 * influence.
 */
export class Build implements Disposable {
  private constructor(readonly directory: string) {}

  static async make(): Promise<Build> {
    const directory = mkdtempSync(join(tmpdir(), 'built-'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(directory, 'node_modules'));
    symlinkSync(await compiledOnce(), join(directory, 'dist'));
    return new Build(directory);
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The first test that needs it compiles for the whole run, and the others wait. */
async function compiledOnce(): Promise<string> {
  const home = join(process.env['TEST_RUN_DIRECTORY'] ?? '', 'build');
  const dist = join(home, 'dist');
  if (isNew(home)) await compile(home, dist);
  else await until(() => existsSync(dist));
  return dist;
}

function isNew(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false; // an error of the file system
    throw error;
  }
}

async function compile(home: string, dist: string): Promise<void> {
  symlinkSync(join(REPOSITORY, 'node_modules'), join(home, 'node_modules'));
  copyFileSync(join(REPOSITORY, 'package.json'), join(home, 'package.json'));
  const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  const project = join(REPOSITORY, 'tsconfig.build.json');
  const unfinished = join(home, 'unfinished');
  await promisify(execFile)(process.execPath, [compiler, '-p', project, '--noCheck', '--outDir', unfinished]);
  renameSync(unfinished, dist);
}
