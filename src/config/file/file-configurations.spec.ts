import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ConfigReloads, type ConfigReload } from '../config-reloads.js';
import { EnvironmentVariables } from '../environment-variables.js';
import { Settings } from '../settings.js';
import { FileConfigurations } from './file-configurations.js';
import { TemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { UPSTREAM_DEFAULTS } from '../../../test/support/upstream-defaults.js';

const DEFAULTS: Settings['upstream'] = {
  baseUrl: 'http://127.0.0.1:1',
  dialect: 'generic',
  ...UPSTREAM_DEFAULTS,
};
/** Longer than any test: only events of the file system can tell in time. */
const NEVER_MS = 3_600_000;
const OFTEN_MS = 10;
/** Even on a machine that is busy with something else. */
const RELOAD_WITHIN_MS = 240_000;

/** Every reload after the first, in turn. */
class Reloads extends ConfigReloads {
  readonly #seen: ConfigReload[] = [];
  #arrived = Promise.withResolvers<void>();

  override report(reload: ConfigReload): void {
    super.report(reload);
    this.#seen.push(reload);
    this.#arrived.resolve();
  }

  async next(): Promise<ConfigReload> {
    const { promise: isLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('no reload came')), RELOAD_WITHIN_MS);
    while (this.#seen.length === 0) await Promise.race([this.#arrived.promise, isLate]);
    clearTimeout(timer);
    this.#arrived = Promise.withResolvers<void>();
    return this.#seen.shift()!;
  }
}

const text = (model: string, rest = ''): string => `
upstreams:
  a: { baseUrl: "http://a", apiKeyFile: secrets/key }
  b: { baseUrl: "http://b" }
models: [{ match: "*", route: [{ upstream: a, model: "${model}" }, { upstream: b }] }]
${rest}`;

let directory: TemporaryDirectory;
let reloads: Reloads;
let opened: FileConfigurations | undefined;
let logged: unknown[];

beforeEach(() => {
  directory = new TemporaryDirectory();
  mkdirSync(join(directory.path, 'secrets'));
  directory.write('secrets/key', 'sk-first\n');
  reloads = new Reloads();
  logged = [];
  for (const level of ['warn', 'error'] as const) {
    jest.spyOn(Logger.prototype, level).mockImplementation((line: unknown) => void logged.push(line));
  }
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  opened?.onModuleDestroy();
  directory[Symbol.dispose]();
  jest.restoreAllMocks();
});

async function open(path: string, pollMs = NEVER_MS): Promise<FileConfigurations> {
  const sources = { path, defaults: DEFAULTS, variables: new EnvironmentVariables({}) };
  opened = await FileConfigurations.open(sources, reloads, pollMs);
  expect((await reloads.next()).problems).toEqual([]);
  return opened;
}

const modelOf = ({ current }: FileConfigurations) => current.models[0]?.route[0]?.model;

describe('FileConfigurations', () => {
  it('reloads the file when it is written, and does not change the previous snapshot', async () => {
    const configurations = await open(directory.write('config.yaml', text('first')));
    const before = configurations.current;
    directory.write('config.yaml', text('second'));
    expect((await reloads.next()).problems).toEqual([]);
    expect(modelOf(configurations)).toBe('second');
    expect(before.models[0]?.route[0]?.model).toBe('first');
    expect(configurations.current.upstreams).toEqual(before.upstreams);
    expect(configurations.current.upstreams[0]).toBe(before.upstreams[0]);
  });

  it('reloads a file that was replaced by another', async () => {
    const path = directory.write('config.yaml', text('first'));
    const configurations = await open(path);
    renameSync(directory.write('config.yaml~', text('second')), path);
    await reloads.next();
    expect(modelOf(configurations)).toBe('second');
  });

  it.each([
    ['by an event', NEVER_MS],
    ['by looking', OFTEN_MS],
  ])('reloads when a symbolic link in a mounted volume is replaced, %s', async (_, pollMs) => {
    const mount = join(directory.path, 'mount');
    writeVolume(mount, '..2026_1', { 'config.yaml': text('first').replace('secrets/', ''), key: 'sk-first' });
    symlinkSync('..2026_1', join(mount, '..data'));
    for (const name of ['config.yaml', 'key']) symlinkSync(join('..data', name), join(mount, name));
    const configurations = await open(join(mount, 'config.yaml'), pollMs);
    for (const turn of ['second', 'third']) {
      writeVolume(mount, `..2026_${turn}`, {
        'config.yaml': text(turn).replace('secrets/', ''),
        key: `sk-${turn}`,
      });
      symlinkSync(`..2026_${turn}`, join(mount, '..data_tmp'));
      renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
      expect((await reloads.next()).problems).toEqual([]);
      expect(modelOf(configurations)).toBe(turn);
      expect(configurations.current.upstreams[0]?.apiKey).toBe(`sk-${turn}`);
    }
  });

  it('reloads when the whole directory is replaced', async () => {
    const mount = join(directory.path, 'mount');
    writeVolume(directory.path, 'mount', {
      'config.yaml': text('first', '').replace('secrets', '../secrets'),
    });
    const configurations = await open(join(mount, 'config.yaml'), OFTEN_MS);
    rmSync(mount, { recursive: true });
    expect((await reloads.next()).problems).toEqual([
      `${join(mount, 'config.yaml')} cannot be read (ENOENT)`,
    ]);
    expect(modelOf(configurations)).toBe('first');
    mkdirSync(`${mount}~`);
    writeFileSync(join(`${mount}~`, 'config.yaml'), text('second').replace('secrets', '../secrets'));
    renameSync(`${mount}~`, mount);
    expect((await reloads.next()).problems).toEqual([]);
    expect(modelOf(configurations)).toBe('second');
  });

  it('reloads rotated secrets and replaces only the upstream that uses them', async () => {
    const configurations = await open(directory.write('config.yaml', text('first')));
    const before = configurations.current;
    directory.write('secrets/key', 'sk-second\n');
    await reloads.next();
    expect(configurations.current.upstreams[0]).toEqual({ ...before.upstreams[0], apiKey: 'sk-second' });
    expect(configurations.current.upstreams[1]).toBe(before.upstreams[1]);
  });

  it.each([
    ['broken', 'models: [', [expect.stringMatching(/^line 1, column \d+: /)]],
    [
      'wrong',
      text('x').replace('upstream: b', 'upstream: c'),
      ['models.0.route.1.upstream: there is no upstream "c"'],
    ],
    [
      'without its secret',
      text('x').replace('secrets/key', 'none'),
      ['upstreams.a.apiKeyFile: cannot be read (ENOENT)'],
    ],
  ])(
    'keeps the previous snapshot when the new file is %s, logs the problems once, and recovers',
    async (_, wrong, problems) => {
      const configurations = await open(directory.write('config.yaml', text('first')), OFTEN_MS);
      const before = configurations.current;
      directory.write('config.yaml', wrong);
      expect(await reloads.next()).toEqual({ at: expect.any(Date), problems });
      expect(configurations.current).toBe(before);
      directory.write('config.yaml', text('third'));
      expect((await reloads.next()).problems).toEqual([]);
      expect(modelOf(configurations)).toBe('third');
      expect(logged).toEqual([expect.stringMatching(/^Not in force, the one before stays: /)]);
      expect(String(logged)).not.toContain('sk-');
    },
  );

  it('reloads when a secret appears after the file that refers to it', async () => {
    const configurations = await open(directory.write('config.yaml', text('first')));
    directory.write('config.yaml', text('second').replace('secrets/key', 'secrets/new'));
    expect((await reloads.next()).problems).toEqual(['upstreams.a.apiKeyFile: cannot be read (ENOENT)']);
    directory.write('secrets/new', 'sk-new');
    expect((await reloads.next()).problems).toEqual([]);
    expect(configurations.current.upstreams[0]?.apiKey).toBe('sk-new');
  });

  it('keeps every upstream object when only the modification time changes', async () => {
    const path = directory.write('config.yaml', text('first'));
    const configurations = await open(path);
    const before = configurations.current;
    utimesSync(path, 1, 1);
    await reloads.next();
    expect(configurations.current).toEqual(before);
    expect(
      configurations.current.upstreams.every((upstream, index) => upstream === before.upstreams[index]),
    ).toBe(true);
  });

  it('warns when the last client is removed', async () => {
    const clients = `clients: [{ name: a, bearerSha256: ${'ab'.repeat(32)} }]`;
    await open(directory.write('config.yaml', text('first', clients)));
    directory.write('config.yaml', text('first'));
    await reloads.next();
    expect(logged).toEqual(['No client is left in the configuration: everybody may call']);
  });

  it('warns about settings that are probably errors', async () => {
    const unused = text('first')
      .replace(', { upstream: b }]', ']')
      .replace(']\n', ', { match: x, route: [{ upstream: a }] }]\n');
    await open(directory.write('config.yaml', unused));
    expect(logged).toEqual([
      'models.1: is never reached, models.0 matches before it',
      'upstreams.b: no route leads to it',
    ]);
  });
});

function writeVolume(mount: string, version: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(mount, version), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(mount, version, name), content);
}
