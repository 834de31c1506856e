import type { Dialect } from '../../openai/dialect.js';
import { invalid } from './refuse.js';

/**
 * `stopSequences` → `stop`, unchanged.
 * @throws ValidationException for more than the upstream accepts. Dropping some would change where the text ends.
 */
export function stopSequencesToStop<Stop extends readonly unknown[]>(
  stopSequences: Stop,
  path: string,
  { maxStops }: Dialect,
): Stop {
  if (maxStops !== undefined && stopSequences.length > maxStops) {
    throw invalid(path, `the upstream takes at most ${maxStops} stop sequences.`);
  }
  return stopSequences;
}
