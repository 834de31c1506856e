import { EnvironmentVariables } from '../environment-variables.js';
import type { Settings } from '../settings.js';
import { checkConfigFile } from './check-config-file.js';
import { TemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { UPSTREAM_DEFAULTS } from '../../../test/support/upstream-defaults.js';

const DEFAULTS: Settings['upstream'] = {
  baseUrl: 'http://127.0.0.1:1',
  dialect: 'generic',
  ...UPSTREAM_DEFAULTS,
};
const UPSTREAMS = 'upstreams: { a: { baseUrl: "http://a", apiKeyEnv: KEY }, b: { baseUrl: "http://b" } }';

describe('checkConfigFile', () => {
  it.each([
    [
      'models: [{ match: "*", route: [{ upstream: a }, { upstream: b }] }]',
      true,
      ['ok: upstreams: a, b; model rules: 1; clients: none, everybody may call'],
    ],
    [
      `models: [{ match: "*", route: [{ upstream: a }] }]\nclients: [{ name: c, bearerSha256: ${'ab'.repeat(32)} }]`,
      true,
      ['warning: upstreams.b: no route leads to it', 'ok: upstreams: a, b; model rules: 1; clients: c'],
    ],
    [
      'models: [{ match: "*", route: [{ upstream: c }] }]\nclients: [{ name: c }]',
      false,
      [
        'models.0.route.0.upstream: there is no upstream "c"',
        'clients.0: needs an accessKeyId and its secretFile, or a bearerSha256',
      ],
    ],
    [
      'models: [{ match: "*", route: [{ upstream: a, optimized: true }, { upstream: b, tiers: [flex] }] }]',
      false,
      ['models.0.route: needs a target without optimized and tiers, for all other requests'],
    ],
    [
      'models: [{ match: "*", route: [{ upstream: a, serviceTier: flex }, { upstream: b, tiers: [gold] }] }]',
      false,
      [expect.stringMatching(/^models\.0\.route\.1\.tiers: each value must be one of/)],
    ],
    [
      'models: [{ match: "*", route: [{ upstream: a, serviceTier: flex }, { upstream: b }] }]',
      false,
      ['models.0.route.0.serviceTier: needs optimized or tiers beside it; for all requests, use extraBody'],
    ],
    [
      'models: [{ match: "*", route: [{ upstream: a }, { upstream: b, optimized: true, serviceTier: priority }] }]',
      true,
      ['ok: upstreams: a, b; model rules: 1; clients: none, everybody may call'],
    ],
    ['models: [', false, [expect.stringMatching(/^line 2, column \d+: /)]],
  ])('reports for %s whether it is valid, and the problems', async (rest, isOk, lines) => {
    using directory = new TemporaryDirectory();
    const report = await checkConfigFile({
      path: directory.write('config.yaml', `${UPSTREAMS}\n${rest}`),
      defaults: DEFAULTS,
      variables: new EnvironmentVariables({ KEY: 'sk-1' }),
    });
    expect(report).toEqual({ isOk, lines });
    expect(report.lines.join()).not.toContain('sk-1');
  });
});
