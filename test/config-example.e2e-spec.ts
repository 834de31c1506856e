import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentVariables } from '../src/config/environment-variables.js';
import { checkConfigFile } from '../src/config/file/check-config-file.js';
import { loadConfigFile } from '../src/config/file/load-config-file.js';
import { ReadFiles } from '../src/config/file/read-files.js';
import { resolveRoute } from '../src/routing/model-router.js';
import { modelIdOf } from './support/model-id.js';
import { TemporaryDirectory } from './support/temporary-directory.js';
import { UPSTREAM_DEFAULTS } from './support/upstream-defaults.js';

const TEXT = readFileSync(join(import.meta.dirname, '../config.example.yaml'), 'utf8');
const KEYS = new EnvironmentVariables({ OPENAI_API_KEY: 'a', OPENROUTER_API_KEY: 'b' });

/** The moves of the file: each without the comment signs that keep it out of force. */
const moves = TEXT.split(/^# ── /m)
  .slice(1)
  .map((section) => {
    const [title = '', ...lines] = section.split('\n');
    return { title: title.replace(/ ─+$/, ''), yaml: lines.join('\n').replaceAll(/^# /gm, '') };
  });

const directory = new TemporaryDirectory();
afterAll(() => directory[Symbol.dispose]());

/** Each text is a file of its own: loads may run at the same time. */
const sourcesOf = (yaml: string) => ({
  path: directory.write(`${moves.findIndex((move) => move.yaml === yaml)}.yaml`, yaml),
  defaults: UPSTREAM_DEFAULTS,
  variables: KEYS,
});

describe('config.example.yaml', () => {
  it('is a configuration as it stands', async () => {
    expect(await checkConfigFile(sourcesOf(TEXT))).toEqual({
      isOk: true,
      lines: ['ok: upstreams: local; model rules: 1; clients: none, everybody may call'],
    });
  });

  it.each(moves)('$title: is a configuration, without a warning', async ({ yaml }) => {
    const { isOk, lines } = await checkConfigFile(sourcesOf(yaml));
    expect([isOk, lines]).toEqual([true, [expect.stringMatching(/^ok: /)]]);
  });

  it.each([
    [
      'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      ['qwen3:8b', 'gpt-5-nano', 'anthropic/claude-haiku-4.5', 'Qwen/Qwen3-8B'],
    ],
    [
      'anthropic.claude-opus-4-1-20250805-v1:0',
      ['qwen3:8b', 'gpt-5', 'anthropic/claude-opus-4.5', 'Qwen/Qwen3-8B'],
    ],
    ['amazon.titan-embed-text-v2:0', ['qwen3:8b', undefined, undefined, 'nomic-embed-text']],
  ])('sends %s to %j', async (modelId, expected) => {
    const configurations = await Promise.all(
      moves.map(async ({ yaml }) => loadConfigFile(sourcesOf(yaml), new ReadFiles())),
    );
    const models = configurations.map(
      (configuration) => resolveRoute(modelIdOf(modelId), configuration)?.targets[0]?.model,
    );
    expect(models).toEqual(expected);
  });
});
