import type {
  ContentFilterSettings,
  ContentFilterType,
  GuardrailSettings,
  PiiType,
  SideActions,
  WordRules,
} from '../guardrail.js';
import type { GuardrailDto } from './guardrail.dto.js';
import type { GuardrailContentDto, GuardrailPiiDto, GuardrailRegexDto } from './guardrail-rules.dto.js';
import type { WordLists } from './word-lists.js';

const MAX_MATCH_CHARACTERS = 128;
const THRESHOLDS = { low: 0.2, medium: 0.5, high: 0.8 };

/** A validated guardrail of the file, whose references are known to exist → the guardrail. */
export function toGuardrail(guardrail: GuardrailDto, lists: WordLists): GuardrailSettings {
  const { id, name, description, versions, phoneRegion } = guardrail;
  const actions = sideActions({ action: guardrail.wordsAction });
  const words = [...(guardrail.words ?? []), ...(lists.get(guardrail)?.words ?? [])];
  const profanity = lists.get(guardrail)?.profanity ?? [];
  return {
    id,
    name: name ?? id,
    ...(description != null && { description }),
    ...(versions != null && { versions }),
    blockedInputMessaging: guardrail.blockedInputMessaging,
    blockedOutputsMessaging: guardrail.blockedOutputsMessaging,
    ...(words.length > 0 && { words: { words, actions } satisfies WordRules }),
    ...(profanity.length > 0 && { profanity: { words: profanity, actions } satisfies WordRules }),
    regexes: (guardrail.regexes ?? []).map((rule) => ({
      name: rule.name,
      pattern: rule.pattern,
      actions: sideActions(rule),
    })),
    pii: (guardrail.pii ?? []).map((rule) => ({ type: rule.type as PiiType, actions: sideActions(rule) })),
    ...(guardrail.content != null && { content: toContent(guardrail.content) }),
    ...(phoneRegion != null && { phoneRegion }),
    maxMatchCharacters: guardrail.maxMatchCharacters ?? MAX_MATCH_CHARACTERS,
  };
}

function toContent(content: GuardrailContentDto): ContentFilterSettings {
  const { moderation, model, filters, thresholds, onFailure } = content;
  return {
    moderation,
    ...(model != null && { model }),
    filters: filters.map(({ type, inputStrength, outputStrength, action }) => ({
      type: type as ContentFilterType, // the problems of the file include any other
      strengths: { input: inputStrength ?? 'HIGH', output: outputStrength ?? 'HIGH' },
      actions: sideActions({ action }),
    })),
    thresholds: {
      low: thresholds?.low ?? THRESHOLDS.low,
      medium: thresholds?.medium ?? THRESHOLDS.medium,
      high: thresholds?.high ?? THRESHOLDS.high,
    },
    onFailure: onFailure ?? 'block',
  };
}

type Actions = Pick<GuardrailRegexDto | GuardrailPiiDto, 'action' | 'inputAction' | 'outputAction'>;

function sideActions({ action, inputAction, outputAction }: Actions): SideActions {
  const both = action ?? 'BLOCK';
  return { input: inputAction ?? both, output: outputAction ?? both };
}
