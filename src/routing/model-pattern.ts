import type { ModelId } from '../bedrock/model-id.js';
import { globsOverlap, matchesAnything, matchesGlob } from './glob.js';

/**
 * `*prompt-router/x`: a type of resource, named in full, then a name. Any other text before a slash could be a part of
 * a name, as in `*llama/*`, and then must not be found in what a client writes before the first slash of an ARN.
 */
const OF_RESOURCE =
  /^\*:?(?:default-prompt-router|prompt-router|(?:application-)?inference-profile|foundation-model|custom-model(?:-deployment)?|imported-model|provisioned-model)\//;

/** A pattern for ARNs, apart at the first slash as they are. */
interface ArnPattern {
  readonly head: string;
  readonly name: string;
}

/**
 * Whether a model id matches a pattern: a glob in which `*` is any run of characters. Of an ARN it is the name that
 * counts, all of what stands behind its first slash: `us.anthropic.*` matches
 * `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-x`. A pattern that begins with `arn:`,
 * or names a type of resource as `*prompt-router/*` does, is about ARNs: what it says before its first slash must match
 * what they say before theirs.
 */
export function matchesModel(pattern: string, { text, name, arn }: ModelId): boolean {
  if (arn === undefined) return matchesGlob(pattern, text);
  const ofArns = readArnPattern(pattern);
  if (ofArns === undefined) return matchesGlob(pattern, name);
  return matchesGlob(ofArns.head, arn.head) && matchesGlob(ofArns.name, name);
}

/**
 * Whether two patterns that both match an id mean the same by it. A client that may call `…:application-inference-profile/*`
 * chooses the name: a rule that goes by the name alone would lead it to any model.
 */
export function agreeOn({ isNamedAfterModel }: ModelId, one: string, other: string): boolean {
  if (isNamedAfterModel || matchesAnything(one) || matchesAnything(other)) return true;
  const [ofArns, othersOfArns] = [readArnPattern(one), readArnPattern(other)];
  if ((ofArns === undefined) === (othersOfArns === undefined)) return true;
  return !matchesAnything((ofArns ?? othersOfArns)?.name ?? '');
}

/** Whether some model id matches both patterns. */
export function patternsOverlap(one: string, other: string): boolean {
  const [ofArns, othersOfArns] = [readArnPattern(one), readArnPattern(other)];
  if (ofArns === undefined && othersOfArns === undefined) return globsOverlap(one, other);
  const namesOverlap = globsOverlap(ofArns?.name ?? one, othersOfArns?.name ?? other);
  if (ofArns === undefined || othersOfArns === undefined) return namesOverlap;
  return namesOverlap && globsOverlap(ofArns.head, othersOfArns.head);
}

/** Undefined for a pattern that is about names alone. */
function readArnPattern(pattern: string): ArnPattern | undefined {
  const isOfArns = pattern.startsWith('arn:');
  if (!isOfArns && !OF_RESOURCE.test(pattern)) return undefined;
  const slash = pattern.indexOf('/');
  if (slash !== -1) return { head: pattern.slice(0, slash), name: pattern.slice(slash + 1) };
  // `arn:aws:bedrock:*`: the `*` runs over the slash, and what stands behind it ends the name
  const star = pattern.indexOf('*');
  return star === -1
    ? { head: pattern, name: '' }
    : { head: pattern.slice(0, star + 1), name: pattern.slice(star) };
}
