import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { TemporaryDirectory } from './support/temporary-directory.js';
import { until } from './support/until.js';

const SCRIPT = fileURLToPath(new URL('../scripts/preloaded-process.mjs', import.meta.url));
const MAIN = `import('./start.js').then(({ start }) => start());`;
const OTHER = `console.log('other');`;
const EDITED = (version: string): string => `console.log('${version}'); export const version = '${version}';`;
const IMPORTER = `console.log('importer'); export { version } from './deep/edited.js'; import './other.js';`;
const START = `
  import './other.js';
  import { version } from './importer.js';
  console.log('start');
  export const start = () => console.log('runs ' + version);
`;
const PATIENT_START = `
  const { version } = await import('./importer.js').catch((error) => {
    console.log('absent');
    throw error;
  });
  export const start = () => console.log('runs ' + version);
`;

/** A process that loads a small program ahead, of which each module prints that it is evaluated. */
class Preloaded implements AsyncDisposable {
  readonly #directory = new TemporaryDirectory();
  readonly #child: ChildProcess;
  readonly #printed: Promise<string>;
  #lines = 0;

  constructor(modules: Readonly<Record<string, string>>) {
    this.#directory.write('package.json', '{"type":"module"}');
    for (const [name, source] of Object.entries(modules)) this.write(name, source);
    this.#child = fork(SCRIPT, ['dist/main.js'], {
      cwd: this.#directory.path,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { stdout } = this.#child;
    if (stdout === null) throw new Error('it has no output');
    stdout.on('data', (bytes: Buffer) => {
      this.#lines += bytes.toString().split('\n').length - 1;
    });
    this.#printed = text(stdout);
  }

  write(name: string, source: string): void {
    const path = join('dist', name);
    mkdirSync(join(this.#directory.path, dirname(path)), { recursive: true });
    this.#directory.write(path, source);
  }

  /** Resolves when it has printed so many lines. */
  printed(lines: number): Promise<void> {
    return until(() => this.#lines >= lines);
  }

  /** Starts the program, and resolves to all that it has printed. */
  async start(edited: readonly string[]): Promise<string[]> {
    this.#child.send(edited.map((name) => `dist/${name}`));
    return (await this.#printed).trim().split('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exit = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await exit;
    }
    this.#directory[Symbol.dispose]();
  }
}

const PROGRAM = {
  'main.js': MAIN,
  'start.js': START,
  'importer.js': IMPORTER,
  'other.js': OTHER,
  'deep/edited.js': EDITED('one'),
};
const AHEAD = ['other', 'one', 'importer', 'start'];

describe('A process that has loaded the modules ahead', () => {
  it('loads an edited module again, and those that import it, but no others', async () => {
    await using preloaded = new Preloaded(PROGRAM);
    await preloaded.printed(AHEAD.length);
    preloaded.write('deep/edited.js', EDITED('two'));
    const lines = await preloaded.start(['deep/edited.js']);
    expect(lines).toEqual([...AHEAD, 'two', 'importer', 'start', 'runs two']);
  });

  it('loads nothing again if nothing was edited', async () => {
    await using preloaded = new Preloaded(PROGRAM);
    await preloaded.printed(AHEAD.length);
    expect(await preloaded.start([])).toEqual([...AHEAD, 'runs one']);
  });

  it('loads a module that was not there before, and those that import it', async () => {
    const { 'deep/edited.js': edited, ...others } = PROGRAM;
    await using preloaded = new Preloaded({ ...others, 'start.js': PATIENT_START });
    await preloaded.printed(1);
    preloaded.write('deep/edited.js', edited);
    const lines = await preloaded.start(['deep/edited.js']);
    expect(lines).toEqual(['absent', 'one', 'other', 'importer', 'runs one']);
  });

  it('starts a program of one module', async () => {
    await using preloaded = new Preloaded({ 'main.js': `console.log('main');` });
    expect(await preloaded.start(['main.js'])).toEqual(['main']);
  });
});
