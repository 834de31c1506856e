import type { Configuration, Upstream } from '../configuration.js';
import type { EnvironmentVariables } from '../environment-variables.js';
import type { UpstreamDefaults } from '../settings.js';
import { ConfigFileError } from './config-file.error.js';
import { crossReferenceProblems } from './cross-references.js';
import { parseConfigFile } from './parse-config-file.js';
import { fileErrorToReason, type ReadFiles } from './read-files.js';
import { guardrailProblems } from './guardrail-problems.js';
import { s3Problems } from './s3-problems.js';
import { readPrompts } from './prompt-folder.js';
import { promptProblems } from './prompt-problems.js';
import { readSecrets } from './secrets.js';
import { toConfiguration } from './to-configuration.js';
import { readWordLists } from './word-lists.js';

/** Everything that loading a configuration file needs. */
export interface ConfigSources {
  /** Path of the configuration file. */
  readonly path: string;
  /** Settings for upstreams that do not set their own. */
  readonly defaults: UpstreamDefaults;
  readonly variables: EnvironmentVariables;
}

/**
 * Loads the configuration file and the secrets that it refers to.
 * @param files records the fingerprints of all files, including unreadable ones
 * @param previous the upstreams so far. Unchanged ones stay the same objects.
 * @throws ConfigFileError
 */
export async function loadConfigFile(
  { path, defaults, variables }: ConfigSources,
  files: ReadFiles,
  previous: readonly Upstream[] = [],
): Promise<Configuration> {
  const file = parseConfigFile(await readText(path, files));
  const secrets = await readSecrets(file, {
    configFile: path,
    files,
    readVariable: (name) => variables.read(name),
  });
  const words = await readWordLists(file, { configFile: path, files });
  const { prompts, problems: folderProblems } = await readPrompts(file, { configFile: path, files });
  const problems = [
    ...crossReferenceProblems(file),
    ...s3Problems(file),
    ...secrets.problems,
    ...words.problems,
    ...(await guardrailProblems(file)),
    ...folderProblems,
    ...promptProblems(prompts, file.models),
  ];
  if (problems.length > 0) throw new ConfigFileError(problems);
  return toConfiguration(file, {
    defaults,
    secrets: secrets.values,
    lists: words.lists,
    prompts: prompts.map(({ prompt }) => prompt),
    previous,
  });
}

async function readText(path: string, files: ReadFiles): Promise<string> {
  try {
    return await files.read(path);
  } catch (error) {
    throw new ConfigFileError([`${path} ${fileErrorToReason(error)}`]);
  }
}
