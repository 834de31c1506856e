import type { ModelId } from '../bedrock/model-id.js';
import { globsOverlap, matchesAnything, matchesGlob } from './glob.js';

/**
 * `*prompt-router/x`: a resource type, written in full, and a name. Other text before a slash can be a part of a name, as
 * in `*llama/*`; it must not match the head of an ARN, which the client chooses.
 */
const OF_RESOURCE =
  /^\*:?(?:default-prompt-router|prompt-router|(?:application-)?inference-profile|foundation-model|custom-model(?:-deployment)?|imported-model|provisioned-model)\//;

/** A pattern for ARNs, split at the first slash as ARNs are. */
interface ArnPattern {
  readonly head: string;
  readonly name: string;
}

/**
 * Whether a model id matches a pattern: a glob in which `*` stands for any characters. An ARN is matched by its name,
 * which is everything after the first slash: `us.anthropic.*` matches
 * `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-x`. A pattern that begins with `arn:` or
 * with a resource type, as `*prompt-router/*` does, is for ARNs alone: the parts before and after the first slash are
 * matched separately.
 */
export function matchesModel(pattern: string, { text, name, arn }: ModelId): boolean {
  if (arn === undefined) return matchesGlob(pattern, text);
  const ofArns = readArnPattern(pattern);
  if (ofArns === undefined) return matchesGlob(pattern, name);
  return matchesGlob(ofArns.head, arn.head) && matchesGlob(ofArns.name, name);
}

/**
 * Whether two patterns that match the same id mean the same model. A client that may call
 * `…:application-inference-profile/*` can choose any name: a rule that looks at the name alone would lead it to any model.
 */
export function agreeOn({ isNamedAfterModel }: ModelId, one: string, other: string): boolean {
  if (isNamedAfterModel || matchesAnything(one) || matchesAnything(other)) return true;
  const [ofArns, othersOfArns] = [readArnPattern(one), readArnPattern(other)];
  if ((ofArns === undefined) === (othersOfArns === undefined)) return true;
  return !matchesAnything((ofArns ?? othersOfArns)?.name ?? '');
}

/** Whether a model id exists that matches both patterns. */
export function patternsOverlap(one: string, other: string): boolean {
  const [ofArns, othersOfArns] = [readArnPattern(one), readArnPattern(other)];
  if (ofArns === undefined && othersOfArns === undefined) return globsOverlap(one, other);
  const namesOverlap = globsOverlap(ofArns?.name ?? one, othersOfArns?.name ?? other);
  if (ofArns === undefined || othersOfArns === undefined) return namesOverlap;
  return namesOverlap && globsOverlap(ofArns.head, othersOfArns.head);
}

/** Undefined for a pattern that matches names. */
function readArnPattern(pattern: string): ArnPattern | undefined {
  const isOfArns = pattern.startsWith('arn:');
  if (!isOfArns && !OF_RESOURCE.test(pattern)) return undefined;
  const slash = pattern.indexOf('/');
  if (slash !== -1) return { head: pattern.slice(0, slash), name: pattern.slice(slash + 1) };
  // `arn:aws:bedrock:*`: the `*` covers the slash, and the text after the `*` is the end of the name
  const star = pattern.indexOf('*');
  return star === -1
    ? { head: pattern, name: '' }
    : { head: pattern.slice(0, star + 1), name: pattern.slice(star) };
}
