import type { ModelId } from '../bedrock/model-id.js';
import { type PromptReference, readPromptName } from '../bedrock/prompts/prompt-name.js';
import type { Client, Configuration } from '../config/configuration.js';
import { DRAFT, type PromptSettings } from '../config/prompt.js';
import { matchesGlob } from './glob.js';

type Prompts = Pick<Configuration, 'prompts'>;

/**
 * The prompt that a model id names: every ARN of a prompt, and an id that is one of the configuration's, each with or
 * without a version. Undefined for every other id, which is that of a model.
 */
export function promptReference({ name, arn }: ModelId, { prompts }: Prompts): PromptReference | undefined {
  if (arn === undefined) {
    if (prompts === undefined) return undefined;
    const reference = readPromptName(name);
    return reference !== undefined && prompts.some(({ id }) => id === reference.id) ? reference : undefined;
  }
  return arn.type === 'prompt' ? (readPromptName(name) ?? { id: name }) : undefined;
}

/** The version that a reference means: without a number the draft or, where there is none, the highest. */
export function findPrompt(
  { id, version }: PromptReference,
  { prompts = [] }: Prompts,
): PromptSettings | undefined {
  const versions = versionsOf(id, prompts);
  return version === undefined ? versions[0] : versions.find((prompt) => prompt.version === version);
}

/** The versions of a prompt: the draft, then the numbers from the highest. */
export function versionsOf(id: string, prompts: readonly PromptSettings[]): PromptSettings[] {
  return prompts.filter((prompt) => prompt.id === id).toSorted((one, other) => rankOf(other) - rankOf(one));
}

/** Whether the permission of a client covers a prompt, apart from its model. A pattern without a version is for all of them. */
export function mayUsePrompt({ prompts }: Client, { id, version = DRAFT }: PromptReference): boolean {
  if (prompts === undefined) return true;
  return prompts.some((pattern) => matchesGlob(pattern, pattern.includes(':') ? `${id}:${version}` : id));
}

function rankOf({ version }: PromptSettings): number {
  return version === DRAFT ? Number.POSITIVE_INFINITY : Number(version);
}
