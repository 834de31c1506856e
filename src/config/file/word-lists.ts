import { dirname, resolve } from 'node:path';
import type { ConfigFileDto } from './config-file.dto.js';
import type { GuardrailDto } from './guardrail.dto.js';
import { fileErrorToReason, type ReadFiles } from './read-files.js';

/** The words of the files that a guardrail refers to. */
interface GuardrailWords {
  readonly words: readonly string[];
  readonly profanity: readonly string[];
}

export type WordLists = ReadonlyMap<GuardrailDto, GuardrailWords>;

interface ReadWordLists {
  readonly lists: WordLists;
  /** One line each. */
  readonly problems: readonly string[];
}

const KEYS = { words: 'wordsFile', profanity: 'profanityFile' } as const;

/** Reads the word lists of all guardrails. Empty lines, and lines that begin with `#`, are no words. */
export async function readWordLists(
  { guardrails }: ConfigFileDto,
  { configFile, files }: { configFile: string; files: ReadFiles },
): Promise<ReadWordLists> {
  const lists = new Map<GuardrailDto, GuardrailWords>();
  const problems: string[] = [];
  const read = async (path: string | null | undefined, key: string): Promise<readonly string[]> => {
    if (path == null) return [];
    try {
      const words = wordsIn(await files.read(resolve(dirname(configFile), path)));
      if (words.length === 0) problems.push(`${key}: has no words`);
      return words;
    } catch (error) {
      problems.push(`${key}: ${fileErrorToReason(error)}`);
      return [];
    }
  };
  for (const [index, guardrail] of (guardrails ?? []).entries()) {
    const path = `guardrails.${index}`;
    lists.set(guardrail, {
      words: await read(guardrail.wordsFile, `${path}.${KEYS.words}`),
      profanity: await read(guardrail.profanityFile, `${path}.${KEYS.profanity}`),
    });
  }
  return { lists, problems };
}

function wordsIn(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}
