import type { Configuration } from '../configuration.js';
import { ConfigFileError } from './config-file.error.js';
import { warningsAbout } from './config-warnings.js';
import { loadConfigFile, type ConfigSources } from './load-config-file.js';
import { ReadFiles } from './read-files.js';

export interface CheckReport {
  readonly isOk: boolean;
  /** The lines to print. They contain no secrets. */
  readonly lines: readonly string[];
}

/**
 * Loads a configuration file and its secrets as the service does at its start, and reports the result.
 * @param furtherWarnings about a valid file, by rooms that know more of it
 */
export async function checkConfigFile(
  sources: ConfigSources,
  furtherWarnings: (configuration: Configuration) => readonly string[] = () => [],
): Promise<CheckReport> {
  try {
    const configuration = await loadConfigFile(sources, new ReadFiles());
    const warnings = [...warningsAbout(configuration), ...furtherWarnings(configuration)].map(
      (warning) => `warning: ${warning}`,
    );
    return { isOk: true, lines: [...warnings, `ok: ${summaryOf(configuration)}`] };
  } catch (error) {
    if (error instanceof ConfigFileError) return { isOk: false, lines: error.problems };
    throw error;
  }
}

function summaryOf({ upstreams, models, clients, s3 }: Configuration): string {
  const whoMayCall = clients.length === 0 ? 'none, everybody may call' : namesOf(clients);
  const readable = s3 === undefined ? '' : `; s3: ${s3.buckets.join(', ')}`;
  return `upstreams: ${namesOf(upstreams)}; model rules: ${models.length}; clients: ${whoMayCall}${readable}`;
}

function namesOf(named: readonly { readonly name: string }[]): string {
  return named.map(({ name }) => name).join(', ');
}
