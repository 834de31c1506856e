import { existsSync } from 'node:fs';
import type { StartOptions } from './command-line.js';
import { findServers } from './discovery/find-servers.js';
import { chooseServer } from './discovery/choose-server.js';
import { modelMapFor } from './models/model-map-for.js';
import { OPTIONS, type Option } from './options.js';
import { portVariables, wantedPort } from './ports.js';

type Variables = Record<string, string | undefined>;

/**
 * The options of the command line → the environment of the service.
 * @throws UsageError when a port is taken, or no server can be chosen
 */
export async function prepareStart(options: StartOptions): Promise<NodeJS.ProcessEnv> {
  // the environment wins over the file, as in the service
  if (existsSync('.env')) process.loadEnvFile('.env');
  const given: Variables = { ...process.env, ...variablesOf(options) };
  const ports = await portVariables(given);
  const server = await serverVariables(given, options.discover === true);
  const models = await modelVariables({ ...given, ...server }, options.models);
  return { ...given, ...ports, ...server, ...models };
}

function variablesOf(options: StartOptions): Variables {
  return Object.fromEntries(
    OPTIONS.flatMap(({ name, variable }: Option) => {
      const value = options[name as keyof StartOptions];
      return variable === undefined || value === undefined ? [] : [[variable, String(value)]];
    }),
  );
}

/** An empty variable counts as unset, as in the service. */
async function serverVariables(given: Variables, takesOnlyOne: boolean): Promise<Variables> {
  if (given['OPENAI_API_BASE'] || given['CONFIG_FILE']) return {};
  const servers = await findServers({ without: wantedPort(given) });
  const { baseUrl, dialect } = await chooseServer(servers, takesOnlyOne);
  return { OPENAI_API_BASE: baseUrl, OPENAI_DIALECT: given['OPENAI_DIALECT'] || dialect };
}

async function modelVariables(given: Variables, models: string | boolean | undefined): Promise<Variables> {
  if (typeof models !== 'string') return {};
  if (models !== 'auto') return { MODEL_MAP: models };
  const { OPENAI_API_BASE: baseUrl = '', OPENAI_API_KEY: apiKey } = given;
  return { MODEL_MAP: await modelMapFor(baseUrl, apiKey || undefined) };
}
