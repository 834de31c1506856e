import type {
  ConfidenceThresholds,
  ContentFilterSettings,
  ContentFilterType,
  FilterStrength,
  GuardrailSide,
} from '../config/guardrail.js';
import type { ContentFilterFinding } from '../bedrock/guardrails/guardrail-assessment.js';
import type { GuardedContent } from './guarded-content.js';

/** Category of `/moderations` → score, 0 to 1: the highest of all texts and images. */
export type ModerationScores = Readonly<Record<string, number>>;

/**
 * Asks a server that recognises harmful content. Passed in, because this room calls nobody.
 * @throws when the server fails
 */
export type Moderate = (
  content: GuardedContent,
  settings: ContentFilterSettings,
) => Promise<ModerationScores>;

/** OpenAI's categories, without the part after the slash. https://platform.openai.com/docs/guides/moderation */
const FILTER_OF_CATEGORY: Readonly<Record<string, ContentFilterType>> = {
  hate: 'HATE',
  harassment: 'INSULTS',
  sexual: 'SEXUAL',
  violence: 'VIOLENCE',
  illicit: 'MISCONDUCT',
  'self-harm': 'MISCONDUCT',
};

/** From weak to strong. */
const CONFIDENCES = ['NONE', 'LOW', 'MEDIUM', 'HIGH'] as const satisfies readonly FilterStrength[];

/** The lowest confidence that a filter of each strength blocks. */
const BLOCKED_FROM: Readonly<Record<FilterStrength, FilterStrength | undefined>> = {
  NONE: undefined,
  LOW: 'HIGH',
  MEDIUM: 'MEDIUM',
  HIGH: 'LOW',
};

/** Scores → one finding for each filter. */
export function scoresToFilters(
  scores: ModerationScores,
  { filters, thresholds }: ContentFilterSettings,
  side: GuardrailSide,
): ContentFilterFinding[] {
  return filters.map(({ type, strengths, actions }) => {
    const confidence = toConfidence(scoreOf(type, scores), thresholds);
    const filterStrength = strengths[side];
    const lowest = BLOCKED_FROM[filterStrength];
    const detected = lowest !== undefined && CONFIDENCES.indexOf(confidence) >= CONFIDENCES.indexOf(lowest);
    const action = detected && actions[side] === 'BLOCK' ? 'BLOCKED' : 'NONE';
    return { type, confidence, filterStrength, action, detected };
  });
}

/** The highest score of the categories that belong to a filter, 0 to 1. */
export function scoreOf(type: ContentFilterType, scores: ModerationScores): number {
  let highest = 0;
  for (const [category, score] of Object.entries(scores)) {
    const [name = ''] = category.split('/');
    if (Object.hasOwn(FILTER_OF_CATEGORY, name) && FILTER_OF_CATEGORY[name] === type) {
      highest = Math.max(highest, score);
    }
  }
  return highest;
}

function toConfidence(score: number, { low, medium, high }: ConfidenceThresholds): FilterStrength {
  if (score >= high) return 'HIGH';
  if (score >= medium) return 'MEDIUM';
  return score >= low ? 'LOW' : 'NONE';
}
