import { hash } from 'node:crypto';
import type { Environment } from '../../src/config/environment.js';
import type { LogDestination } from '../../src/observability/logs/root-logger.js';
import { startProxy, type RunningProxy } from './proxy.js';
import { startScriptedUpstream, type ScriptedUpstream } from './scripted-upstream.js';
import { TemporaryDirectory } from './temporary-directory.js';

export const TEAM_A = {
  accessKeyId: 'PROXYTEAMA',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
export const TEAM_A_BEARER = 'brp_PROXYTEAMA_47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU';
export const TEAM_B = {
  accessKeyId: 'PROXYTEAMB',
  secretAccessKey: 'another+secret/of/40+characters/EXAMPLE=',
};
export const TEAM_B_BEARER = 'brp_PROXYTEAMB_lZMpJWZG3hSuFU47DEQpj8HBSa-_TImW-5JCeuQeRkm';

/** Members of the configuration file in addition to the upstream, which is called `local`. */
export interface FileMembers {
  readonly models?: readonly object[];
  readonly auth?: object;
  /** Patterns of the models that `team-a` may call; `team-b` may call `*claude*`. */
  readonly teamAModels?: readonly string[];
}

/** The proxy with two clients in its configuration file, in front of a scripted upstream. */
export class GuardedService implements AsyncDisposable {
  private constructor(
    readonly upstream: ScriptedUpstream,
    readonly proxy: RunningProxy,
    private readonly directory: TemporaryDirectory,
  ) {}

  static async start(
    members: FileMembers = {},
    variables: Partial<Record<keyof Environment, string>> = {},
    logDestination?: LogDestination,
  ): Promise<GuardedService> {
    const upstream = await startScriptedUpstream(() => undefined);
    const directory = new TemporaryDirectory();
    directory.write('team-a', `${TEAM_A.secretAccessKey}\n`);
    directory.write('team-b', TEAM_B.secretAccessKey);
    const file = JSON.stringify(fileOf(upstream.baseUrl, members));
    const path = directory.write('config.yaml', file);
    const proxy = await startProxy({ CONFIG_FILE: path, ...variables }, logDestination);
    return new GuardedService(upstream, proxy, directory);
  }

  get url(): string {
    return this.proxy.url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy.close();
    await this.upstream.close();
    this.directory[Symbol.dispose]();
  }
}

function fileOf(baseUrl: string, { models, auth, teamAModels }: FileMembers): object {
  return {
    upstreams: { local: { baseUrl } },
    models: models ?? [{ match: '*', route: [{ upstream: 'local' }] }],
    clients: [
      {
        name: 'team-a',
        accessKeyId: TEAM_A.accessKeyId,
        secretFile: 'team-a',
        bearerSha256: hash('sha256', TEAM_A_BEARER),
        ...(teamAModels && { models: teamAModels }),
      },
      {
        name: 'team-b',
        accessKeyId: TEAM_B.accessKeyId,
        secretFile: 'team-b',
        bearerSha256: hash('sha256', TEAM_B_BEARER),
        models: ['*claude*'],
      },
    ],
    ...(auth && { auth }),
  };
}
