import type { GuardrailSide } from '../config/guardrail.js';
import type { ContentFilterFinding } from '../bedrock/guardrails/guardrail-assessment.js';
import { examine } from './examine.js';
import type { GuardedContent } from './guarded-content.js';
import { maskText } from './mask.js';
import { type Moderate, scoresToFilters } from './moderation.js';
import type { GuardrailPolicy } from './policy.js';
import { Tally } from './tally.js';

/** What a policy says about texts and images. */
export interface Verdict {
  readonly side: GuardrailSide;
  readonly decision: 'none' | 'masked' | 'blocked';
  /** Of each text, in order. */
  readonly texts: readonly AssessedText[];
  readonly filters: readonly ContentFilterFinding[];
  readonly images: number;
  /** The server for the content filters has failed, and the settings let texts through. */
  readonly isUnfiltered: boolean;
}

interface AssessedText {
  readonly text: string;
  readonly masked: string;
  readonly isGuarded: boolean;
  readonly tally: Tally;
}

/**
 * Content + policy + side → verdict. Blocked beats masked.
 * @param moderate is only called for a policy with content filters
 * @throws what `moderate` throws, unless the policy lets texts through then
 */
export async function assess(
  content: GuardedContent,
  { policy, side, moderate }: { policy: GuardrailPolicy; side: GuardrailSide; moderate: Moderate },
): Promise<Verdict> {
  const texts: AssessedText[] = [];
  for (const { text, isGuarded } of content.texts) {
    const findings = isGuarded ? await examine(text, policy.recognisers) : [];
    const masked = await maskText(text, findings, side);
    texts.push({ text, masked, isGuarded, tally: await Tally.of(text, findings) });
  }
  const { filters, isUnfiltered } = await filter(content, { policy, side, moderate });
  return {
    side,
    decision: decide(texts, filters, side),
    texts,
    filters,
    images: content.images.length,
    isUnfiltered,
  };
}

function decide(
  texts: readonly AssessedText[],
  filters: readonly ContentFilterFinding[],
  side: GuardrailSide,
): Verdict['decision'] {
  const isBlocked =
    filters.some(({ action }) => action === 'BLOCKED') || texts.some(({ tally }) => tally.has('BLOCK', side));
  if (isBlocked) return 'blocked';
  return texts.some(({ tally }) => tally.has('ANONYMIZE', side)) ? 'masked' : 'none';
}

async function filter(
  content: GuardedContent,
  { policy, side, moderate }: { policy: GuardrailPolicy; side: GuardrailSide; moderate: Moderate },
): Promise<Pick<Verdict, 'filters' | 'isUnfiltered'>> {
  const settings = policy.settings.content;
  const guarded = {
    ...content,
    texts: content.texts.filter(({ text, isGuarded }) => isGuarded && text.trim() !== ''),
  };
  const isEmpty = guarded.texts.length === 0 && guarded.images.length === 0;
  if (settings === undefined || isEmpty) return { filters: [], isUnfiltered: false };
  try {
    const scores = await moderate(guarded, settings);
    return { filters: scoresToFilters(scores, settings, side), isUnfiltered: false };
  } catch (error) {
    if (settings.onFailure === 'block') throw error;
    return { filters: [], isUnfiltered: true };
  }
}
