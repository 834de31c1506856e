import type { GuardrailAction } from '../config/guardrail.js';
import type {
  AssessedAction,
  GuardrailAssessment,
  GuardrailCoverage,
  GuardrailPiiType,
  GuardrailUsage,
} from '../bedrock/guardrails/guardrail-assessment.js';
import type { Verdict } from './assess.js';
import type { GuardrailPolicy } from './policy.js';
import type { GuardrailRule } from './recogniser.js';
import { MAX_MATCHES } from './tally.js';

const UNIT_CHARACTERS = 1_000;

const ASSESSED: Readonly<Record<GuardrailAction, AssessedAction>> = {
  BLOCK: 'BLOCKED',
  ANONYMIZE: 'ANONYMIZED',
  NONE: 'NONE',
};

/**
 * A verdict → Bedrock's assessment.
 * @param isFull also what was looked for and not found
 */
export function toAssessment(
  verdict: Verdict,
  policy: GuardrailPolicy,
  isFull: boolean,
): GuardrailAssessment {
  const matches = matchesOf(verdict);
  const filters = verdict.filters.filter(({ detected }) => isFull || detected);
  return {
    ...(filters.length > 0 && { contentPolicy: { filters } }),
    ...wordPolicy(matches, verdict),
    ...sensitiveInformationPolicy(matches, { verdict, policy, isFull }),
  };
}

/** Rule → what it matches, each text once, among its first findings. */
type Matches = ReadonlyMap<GuardrailRule, ReadonlySet<string>>;

function matchesOf({ texts }: Verdict): Matches {
  const matches = new Map<GuardrailRule, Set<string>>();
  const counts = new Map<GuardrailRule, number>();
  for (const [rule, { count, matches: found }] of texts.flatMap(({ tally }) => [...tally.rules])) {
    const before = counts.get(rule) ?? 0;
    counts.set(rule, before + count);
    const own = matches.get(rule) ?? new Set();
    matches.set(rule, own);
    for (const match of found.slice(0, Math.max(0, MAX_MATCHES - before))) own.add(match);
  }
  return matches;
}

function wordPolicy(matches: Matches, { side }: Verdict): Pick<GuardrailAssessment, 'wordPolicy'> {
  const found = (kind: GuardrailRule['kind']) =>
    [...matches]
      .filter(([rule]) => rule.kind === kind)
      .flatMap(([rule, texts]) =>
        [...texts].map((match) => ({
          match,
          action: rule.actions[side] === 'BLOCK' ? ('BLOCKED' as const) : ('NONE' as const),
          detected: true,
        })),
      );
  const customWords = found('word');
  const managedWordLists = found('profanity').map(({ match, action, detected }) => ({
    match,
    type: 'PROFANITY' as const,
    action,
    detected,
  }));
  if (customWords.length === 0 && managedWordLists.length === 0) return {};
  return { wordPolicy: { customWords, managedWordLists } };
}

function sensitiveInformationPolicy(
  matches: Matches,
  { verdict: { side }, policy, isFull }: { verdict: Verdict; policy: GuardrailPolicy; isFull: boolean },
): Pick<GuardrailAssessment, 'sensitiveInformationPolicy'> {
  const rows = policy.recognisers.flatMap(({ rule }) => {
    const own = matches.get(rule);
    if (own !== undefined) {
      const action = ASSESSED[rule.actions[side]];
      return [...own].map((match) => ({ rule, match, action, detected: true }));
    }
    return isFull ? [{ rule, match: '', action: 'NONE' as const, detected: false }] : [];
  });
  const piiEntities = rows
    .filter(({ rule }) => rule.kind === 'pii')
    .map(({ rule, match, action, detected }) => ({
      match,
      type: rule.name as GuardrailPiiType, // such a rule is named after its type
      action,
      detected,
    }));
  const regexes = rows
    .filter(({ rule }) => rule.kind === 'regex')
    .map(({ rule, match, action, detected }) => ({
      name: rule.name,
      match,
      regex: rule.pattern ?? '',
      action,
      detected,
    }));
  if (piiEntities.length === 0 && regexes.length === 0) return {};
  return { sensitiveInformationPolicy: { piiEntities, regexes } };
}

/** One unit is up to 1,000 characters, for each policy that examined them. */
export function usageOf(verdict: Verdict, policy: GuardrailPolicy): GuardrailUsage {
  const { settings, recognisers } = policy;
  const units = Math.ceil(coverageOf(verdict, policy).textCharacters.guarded / UNIT_CHARACTERS);
  const has = (...kinds: GuardrailRule['kind'][]): number =>
    recognisers.some(({ rule }) => kinds.includes(rule.kind)) ? units : 0;
  const isFiltered = settings.content !== undefined;
  return {
    topicPolicyUnits: 0,
    contentPolicyUnits: isFiltered ? units : 0,
    wordPolicyUnits: has('word', 'profanity'),
    sensitiveInformationPolicyUnits: has('pii'),
    sensitiveInformationPolicyFreeUnits: has('regex'),
    contextualGroundingPolicyUnits: 0,
    ...(verdict.images > 0 && { contentPolicyImageUnits: isFiltered ? verdict.images : 0 }),
  };
}

export function coverageOf(
  { texts, images }: Verdict,
  { settings }: Pick<GuardrailPolicy, 'settings'>,
): GuardrailCoverage {
  const total = texts.reduce((sum, { text }) => sum + text.length, 0);
  const guarded = texts.reduce((sum, { text, isGuarded }) => sum + (isGuarded ? text.length : 0), 0);
  return {
    textCharacters: { guarded, total },
    ...(images > 0 && { images: { guarded: settings.content === undefined ? 0 : images, total: images } }),
  };
}
