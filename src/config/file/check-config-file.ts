import type { Configuration } from '../configuration.js';
import { ConfigFileError } from './config-file.error.js';
import { warningsAbout } from './config-warnings.js';
import { loadConfigFile, type ConfigSources } from './load-config-file.js';
import { ReadFiles } from './read-files.js';

export interface CheckReport {
  readonly isOk: boolean;
  /** To print. Never a secret. */
  readonly lines: readonly string[];
}

/** Reads a configuration file and the secrets that it refers to, as the service would at its start. */
export async function checkConfigFile(sources: ConfigSources): Promise<CheckReport> {
  try {
    const configuration = await loadConfigFile(sources, new ReadFiles());
    const doubts = warningsAbout(configuration).map((doubt) => `warning: ${doubt}`);
    return { isOk: true, lines: [...doubts, `ok: ${summaryOf(configuration)}`] };
  } catch (error) {
    if (error instanceof ConfigFileError) return { isOk: false, lines: error.mistakes };
    throw error;
  }
}

function summaryOf({ upstreams, models, clients }: Configuration): string {
  const whoMayCall = clients.length === 0 ? 'none, everybody may call' : namesOf(clients);
  return `upstreams: ${namesOf(upstreams)}; model rules: ${models.length}; clients: ${whoMayCall}`;
}

function namesOf(named: readonly { readonly name: string }[]): string {
  return named.map(({ name }) => name).join(', ');
}
