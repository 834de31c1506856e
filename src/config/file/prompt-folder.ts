import { basename, dirname, extname, join, resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ConfigFileError } from './config-file.error.js';
import type { ConfigFileDto } from './config-file.dto.js';
import { explainErrors } from './explain-errors.js';
import { PromptDto } from './prompt.dto.js';
import type { PlacedPrompt } from './prompt-problems.js';
import { fileErrorToReason, type ReadFiles } from './read-files.js';
import { readYaml } from './read-yaml.js';

const EXTENSIONS: ReadonlySet<string> = new Set(['.json', '.yaml', '.yml']);

interface ReadPrompts {
  readonly prompts: readonly PlacedPrompt[];
  /** One line each. */
  readonly problems: readonly string[];
}

/** The prompts of the file itself, and those of its folder: one a file, in the order of their names. */
export async function readPrompts(
  { prompts, promptsFolder }: ConfigFileDto,
  { configFile, files }: { configFile: string; files: ReadFiles },
): Promise<ReadPrompts> {
  const own = (prompts ?? []).map((prompt, index) => ({ path: `prompts.${index}`, prompt }));
  if (promptsFolder == null) return { prompts: own, problems: [] };
  const folder = resolve(dirname(configFile), promptsFolder);
  const placed: PlacedPrompt[] = [...own];
  const problems: string[] = [];
  for (const file of await namesIn(folder, files, problems)) {
    const path = `promptsFolder/${file}`;
    const read = await readPrompt(join(folder, file), files);
    if ('prompt' in read) placed.push({ path, prompt: read.prompt });
    else problems.push(...read.problems.map((problem) => `${path}: ${problem}`));
  }
  return { prompts: placed, problems };
}

async function namesIn(folder: string, files: ReadFiles, problems: string[]): Promise<string[]> {
  try {
    const names = await files.list(folder);
    // hidden names are those of editors, and of Kubernetes' own links
    return names.filter((name) => !basename(name).startsWith('.') && EXTENSIONS.has(extname(name)));
  } catch (error) {
    problems.push(`promptsFolder: ${fileErrorToReason(error)}`);
    return [];
  }
}

async function readPrompt(
  path: string,
  files: ReadFiles,
): Promise<{ readonly prompt: PromptDto } | { readonly problems: readonly string[] }> {
  try {
    const prompt = plainToInstance(PromptDto, readYaml(await files.read(path)));
    const errors = validateSync(prompt, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
    });
    return errors.length === 0 ? { prompt } : { problems: errors.flatMap((error) => explainErrors(error)) };
  } catch (error) {
    return { problems: error instanceof ConfigFileError ? error.problems : [fileErrorToReason(error)] };
  }
}
