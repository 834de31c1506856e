import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Build } from './build.js';
import { TemporaryDirectory } from './temporary-directory.js';

const REPOSITORY = join(import.meta.dirname, '../..');
const NAME = 'bedrock-to-openai-proxy';
const run = promisify(execFile);

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * The package as npm packs it, in an empty folder as npm installs it. Its dependencies are links, so that nothing is asked
 * of a registry; only those that package.json declares are there.
 */
export class InstalledPackage implements Disposable {
  private constructor(
    readonly home: TemporaryDirectory,
    readonly tarballBytes: number,
    readonly files: readonly string[],
  ) {}

  static async of(build: Build): Promise<InstalledPackage> {
    const home = new TemporaryDirectory();
    const { filename, files } = await pack(build, home);
    const modules = join(home.path, 'app/node_modules');
    const target = join(modules, NAME);
    mkdirSync(target, { recursive: true });
    await run('tar', ['-xzf', filename, '-C', target, '--strip-components=1']);
    linkDependencies(modules, target);
    return new InstalledPackage(home, statSync(filename).size, files);
  }

  /** The folder that the user is in. */
  get folder(): string {
    return join(this.home.path, 'app');
  }

  /** What `npx` runs. */
  get command(): string {
    return join(this.folder, 'node_modules/.bin', NAME);
  }

  [Symbol.dispose](): void {
    this.home[Symbol.dispose]();
  }
}

/** Packs a copy, because `dist` of the repository belongs to the developer. */
async function pack(
  build: Build,
  home: TemporaryDirectory,
): Promise<{ filename: string; files: readonly string[] }> {
  const copy = join(home.path, 'copy');
  mkdirSync(copy);
  for (const file of [
    'package.json',
    'README.md',
    'CHANGELOG.md',
    'config.schema.json',
    'config.example.yaml',
    'docs/openapi.json',
  ]) {
    cpSync(join(REPOSITORY, file), join(copy, file));
  }
  cpSync(join(build.directory, 'dist'), join(copy, 'dist'), { recursive: true, dereference: true });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts'], { cwd: copy });
  const [packed] = Object.values(
    JSON.parse(stdout) as Record<string, { filename: string; files: { path: string }[] }>,
  ); // as npm prints
  return {
    filename: join(copy, packed?.filename ?? ''),
    files: packed?.files.map(({ path }) => path) ?? [],
  };
}

function linkDependencies(modules: string, target: string): void {
  const { bin, dependencies } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as Manifest; // our own file
  for (const dependency of Object.keys(dependencies)) {
    const link = join(modules, dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(REPOSITORY, 'node_modules', dependency), link);
  }
  mkdirSync(join(modules, '.bin'));
  for (const [name, file] of Object.entries(bin)) {
    chmodSync(join(target, file), 0o755);
    symlinkSync(join(target, file), join(modules, '.bin', name));
  }
}
