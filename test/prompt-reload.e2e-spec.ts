import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LogLines } from './support/log-lines.js';
import { nextReload } from './support/next-reload.js';
import { textPrompt } from './support/prompted-file.js';
import { startProxy } from './support/proxy.js';
import { TemporaryDirectory } from './support/temporary-directory.js';

const FILE = {
  upstreams: { model: { baseUrl: 'http://127.0.0.1:1/v1' } },
  models: [{ match: '*', route: [{ upstream: 'model' }] }],
  promptsFolder: 'prompts',
};

describe('A folder of prompts', () => {
  it('has warnings of prompts without a route, at the start and after a reload', async () => {
    using directory = new TemporaryDirectory();
    mkdirSync(join(directory.path, 'prompts'));
    const write = (version: string): string =>
      directory.write(
        `prompts/${version}.json`,
        JSON.stringify(textPrompt({ id: 'RELOADED01', version, text: 'Hi' })),
      );
    write('1');
    const models = [{ ...FILE.models[0], match: 'another.*' }];
    const path = directory.write('config.json', JSON.stringify({ ...FILE, models }));
    const log = new LogLines();
    const proxy = await startProxy({ CONFIG_FILE: path, LOG_LEVEL: 'warn' }, log);
    try {
      const warning = (version: string): unknown =>
        expect.stringContaining(
          `prompts: RELOADED01:${version} cannot be used, because no rule of models matches its model "test.model"`,
        );
      const told = (): unknown[] =>
        log.lines.map(({ msg }) => msg).filter((msg) => String(msg).includes('cannot be used'));
      expect(told()).toEqual([warning('1')]);
      const reloaded = nextReload(proxy);
      write('2');
      await reloaded;
      expect(told()).toEqual([warning('1'), warning('1'), warning('2')]);
    } finally {
      await proxy.close();
    }
  });

  it('is read again when a file comes, changes, breaks or goes', async () => {
    using directory = new TemporaryDirectory();
    mkdirSync(join(directory.path, 'prompts'));
    const write = (name: string, text: string): string =>
      directory.write(
        `prompts/${name}.json`,
        JSON.stringify(textPrompt({ id: 'RELOADED01', version: name, text })),
      );
    write('1', 'one');
    const path = directory.write('config.json', JSON.stringify(FILE));
    const proxy = await startProxy({ CONFIG_FILE: path });
    try {
      const texts = async (): Promise<string[]> => {
        const found = await fetch(`${proxy.url}/prompts/?promptIdentifier=RELOADED01`);
        const { promptSummaries } = (await found.json()) as { promptSummaries: { version: string }[] };
        const answers = promptSummaries.map(async ({ version }) => {
          const shown = await fetch(`${proxy.url}/prompts/RELOADED01/?promptVersion=${version}`);
          const { variants } = (await shown.json()) as {
            variants: [{ templateConfiguration: { text: { text: string } } }];
          };
          return variants[0].templateConfiguration.text.text;
        });
        return Promise.all(answers);
      };
      const after = async (change: () => unknown): Promise<string[]> => {
        const reloaded = nextReload(proxy);
        change();
        await reloaded;
        return texts();
      };
      expect(await texts()).toEqual(['one']);
      expect(await after(() => write('2', 'two'))).toEqual(['one', 'two']);
      expect(await after(() => write('2', 'deux'))).toEqual(['one', 'deux']);
      expect(await after(() => directory.write('prompts/3.json', '{'))).toEqual(['one', 'deux']);
      expect(await after(() => rmSync(join(directory.path, 'prompts/3.json')))).toEqual(['one', 'deux']);
      expect(await after(() => rmSync(join(directory.path, 'prompts/1.json')))).toEqual(['deux']);
    } finally {
      await proxy.close();
    }
  });
});
